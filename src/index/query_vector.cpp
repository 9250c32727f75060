// SPDX-License-Identifier: Apache-2.0
#include "index/query_vector.h"

#include <algorithm>
#include <cmath>

#include "index/quantize_vector.h"

namespace mayfly::index {
namespace {

// One step of the coarse grid in steps of the fine one: 4095 = 63 * 65.
constexpr std::int32_t kCoarseStep = 65;
constexpr std::int32_t kCoarseZero = 64;
static_assert(kQueryLevels / kCoarseStep < kCoarseZero);

// x / 65 for 0 <= x < 128 * 65, without the division, which takes longer than all the rest.
constexpr std::int32_t coarse_steps(std::int32_t x) { return x * 4033 >> 18; }
constexpr bool steps_are_exact() {
  for (std::int32_t x = 0; x < 2 * kCoarseZero * kCoarseStep; ++x) {
    if (coarse_steps(x) != x / kCoarseStep) return false;
  }
  return true;
}
static_assert(steps_are_exact());
// More than all roundings to f32 of unit vectors' scores and bounds together: a few times 2^-24, of
// values of at most about 1.3.
constexpr double kFloatSlack = 4e-6;

}  // namespace

// Why the bound holds. With q the fine query (integers), c the coarse one, e = q - 65 c and r the
// row's integers, the fine dot product is q.r = 65 c.r + e.r, and e.r <= |e| |r| (Cauchy-Schwarz).
// The row's vector v is no longer than L = rows.largest_length(), and each of its dim values is
// within scale / 2 of scale * r[i], so scale |r| <= L + sqrt(dim) scale / 2. Hence
//   score <= coarse score + fine_scale |e| (L + sqrt(dim) scale / 2) + f32 rounding,
// and a format says what more its scores may have.
QueryVector::QueryVector(const VectorRows& rows, std::span<const float> query) : rows_(rows) {
  query = rows.kept(query, values_);
  fine_.resize(rows.stride());  // zeros beyond dim, like the rows
  fine_scale_ = quantize_vector(query, std::span(fine_.data(), rows.dim()));
  grid_ = {1, kCoarseZero, fine_scale_ * static_cast<float>(kCoarseStep)};
  coarse_.resize(rows.stride(), kCoarseZero);
  std::int64_t squares = 0;
  for (std::size_t i = 0; i < rows.dim(); ++i) {
    const std::int32_t shifted = fine_[i] + kCoarseStep * kCoarseZero + kCoarseStep / 2;
    coarse_[i] = static_cast<std::uint8_t>(coarse_steps(shifted));
    const std::int32_t rest = fine_[i] - kCoarseStep * (coarse_[i] - kCoarseZero);
    squares += rest * rest;
    fine_sum_ += fine_[i];
  }
  RowFormat::Slack slack{kFloatSlack, 0.0, -1.0F};
  if (rows.format()) {
    RowFormat::Query prepared = format_query();
    slack = rows.format()->prepare(query, rows.largest_length(), prepared, values_);
    grid_.offset = prepared.offset;
  }
  const double rest = double{fine_scale_} * std::sqrt(static_cast<double>(squares));
  grid_.lowest = slack.lowest;
  grid_.bound_offset = static_cast<float>(rest * rows.largest_length() + slack.offset);
  const double slope = rest / 2 * std::sqrt(static_cast<double>(rows.dim())) + slack.slope;
  grid_.bound_slope = static_cast<float>(slope * 1.0001);
}

RowFormat::Query QueryVector::format_query() const {
  return {fine_, values_, fine_scale_, fine_sum_, grid_.offset};
}

// An int8 value x is 2 h + 0 or 1, h = floor(x / 2): 2 h + 0.5 within one half and without bias.
// With h + 64 stored, the dot product is 2 (d - 64 s) + s / 2 = (4 d - 255 s) / 2.
QueryVector::QueryVector(const VectorRows& rows, const VectorRows::Row& source) : rows_(rows) {
  grid_ = {4, 4 * kCoarseZero - 1, source.scale / 2};
  coarse_.resize(rows.stride());
  for (std::size_t i = 0; i < coarse_.size(); ++i) {
    coarse_[i] = static_cast<std::uint8_t>((source.values[i] >> 1) + kCoarseZero);
  }
  if (rows.format()) grid_.offset = rows.format()->row_offset(source.rests, rows.stride());
}

float QueryVector::score(const VectorRows::Row& row) const {
  if (rows_.format()) {
    return rows_.format()->score(format_query(), row.values, row.rests, row.scale);
  }
  const std::int32_t dot = kernels::active().dot_s16s8(fine_.data(), row.values, fine_.size());
  // Rounding can carry a vector's cosine with itself past 1.
  return std::clamp(static_cast<float>(dot) * (row.scale * fine_scale_), -1.0F, 1.0F);
}

void QueryVector::coarse_scores(const std::uint32_t* numbers, std::size_t count, float* out) const {
  const std::int8_t* values[kMaxRows];
  std::int32_t dots[kMaxRows];
  for (std::size_t first = 0; first < count; first += kMaxRows) {
    const std::size_t some = std::min(kMaxRows, count - first);
    for (std::size_t i = 0; i < some; ++i) values[i] = rows_.values(numbers[first + i]);
    dot_coarse(values, some, dots);
    for (std::size_t i = 0; i < some; ++i) {
      const VectorRows::Row row = rows_[numbers[first + i]];
      out[first + i] = grid_.score(dots[i], row.sum, row.scale);
    }
  }
  if (rows_.format()) {
    rows_.format()->add_offsets(rows_, grid_.offset, 0, numbers, {out, count});
  }
}

void QueryVector::score_bounds(const std::uint32_t* numbers, std::size_t count, float* out) const {
  coarse_scores(numbers, count, out);
  for (std::size_t i = 0; i < count; ++i) out[i] = grid_.bound(out[i], rows_[numbers[i]].scale);
}

}  // namespace mayfly::index
