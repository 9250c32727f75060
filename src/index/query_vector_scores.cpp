// SPDX-License-Identifier: Apache-2.0
// What runs for each row; what runs once for a query is in query_vector.cpp, which the WebAssembly
// module compiles for size.
#include <algorithm>

#include "index/query_vector.h"

namespace mayfly::index {

float QueryVector::score(const VectorRows::Row& row) const {
  if (rows_.format()) {
    return rows_.format()->score(format_query(), row.values, row.rests, row.scale);
  }
  const std::int32_t dot = kernels::active().dot_s16s8(fine_.data(), row.values, fine_.size());
  // Rounding can carry a vector's cosine with itself past 1.
  return std::clamp(static_cast<float>(dot) * (row.scale * fine_scale_), -1.0F, 1.0F);
}

void QueryVector::dot_coarse(const std::int8_t* const* values, std::size_t count,
                             std::int32_t* out) const {
  kernels::active().dot_rows_u7s8({coarse_.data(), values, count, coarse_.size(), out});
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

std::size_t QueryVector::score_bounds(std::size_t first, float* out) const {
  const VectorRows::Stretch rows = rows_.stretch_from(first);
  const std::size_t count = std::min(kMaxRows, rows.count), stride = rows_.stride();
  const std::int8_t* values[kMaxRows];
  std::int32_t dots[kMaxRows];
  for (std::size_t i = 0; i < count; ++i) values[i] = rows.values + i * stride;
  dot_coarse(values, count, dots);
  // A copy that `out` cannot overlap: four rows at a time.
  const Grid grid = grid_;
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = grid.bound(grid.score(dots[i], rows.sums[i], rows.scales[i]), rows.scales[i]);
  }
  if (rows_.format()) {
    rows_.format()->add_offsets(rows_, grid_.offset, first, nullptr, {out, count});
  }
  return count;
}

void QueryVector::score_bounds(const std::uint32_t* numbers, std::size_t count, float* out) const {
  coarse_scores(numbers, count, out);
  for (std::size_t i = 0; i < count; ++i) out[i] = grid_.bound(out[i], rows_[numbers[i]].scale);
}

}  // namespace mayfly::index
