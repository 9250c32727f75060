// SPDX-License-Identifier: Apache-2.0
#include "index/cell_centres.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "index/random_numbers.h"

namespace mayfly::index {
namespace {

constexpr std::size_t kRounds = 5;
constexpr std::size_t kSampledPerCell = 40;

// Rows of which only their offsets are read must have them where the centres have theirs.
VectorRows like(const VectorRows& rows) {
  const bool places = rows.metric() == Metric::kEuclidean;
  return {rows.dim(), rows.precision(), places ? Metric::kEuclidean : Metric::kCosine};
}

}  // namespace

CellCentres::CellCentres(const VectorRows& rows) : centres_(like(rows)) {}

std::vector<float> CellCentres::scores(const QueryVector& query) const {
  std::vector<std::uint32_t> all(size());
  std::iota(all.begin(), all.end(), std::uint32_t{0});
  std::vector<float> result(size());
  query.coarse_scores(all.data(), all.size(), result.data());
  return result;
}

std::vector<float> CellCentres::scores(std::span<const float> query) const {
  return scores(QueryVector(centres_, query));
}

std::uint32_t CellCentres::nearest(const VectorRows::Row& row) const {
  const std::vector<float> near = scores(QueryVector(centres_, row));
  return static_cast<std::uint32_t>(std::max_element(near.begin(), near.end()) - near.begin());
}

// A mean may be shorter or, by rounding, a little longer than the lengths that rows may have.
void CellCentres::place(std::size_t cell, std::span<float> mean) {
  constexpr double kShort = 1e-8, kLong = 9e8;
  double squares = 0.0;
  for (const float value : mean) squares += double{value} * value;
  const double length = std::sqrt(squares);
  const double factor = length < kShort ? 0.0 : std::min(1.0, kLong / length);
  for (float& value : mean) value = static_cast<float>(value * factor);
  if (cell == centres_.size()) {
    centres_.append(mean);
  } else {
    centres_.replace(cell, mean);
  }
}

// Each centre to the mean of the sampled rows of its cell; without any it stays.
void CellCentres::move(const VectorRows& rows, std::span<const std::uint32_t> sample,
                       std::span<const std::uint32_t> cells) {
  const std::size_t dim = rows.dim();
  SecureVector<float> sums(size() * dim);
  std::vector<std::size_t> counts(size());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const VectorRows::Row row = rows[sample[i]];
    float* sum = sums.data() + cells[i] * dim;
    for (std::size_t j = 0; j < dim; ++j) sum[j] += static_cast<float>(row.values[j]) * row.scale;
    ++counts[cells[i]];
  }
  for (std::size_t cell = 0; cell < counts.size(); ++cell) {
    if (counts[cell] == 0) continue;
    const std::span mean(sums.data() + cell * dim, dim);
    for (float& value : mean) value /= static_cast<float>(counts[cell]);
    place(cell, mean);
  }
}

void CellCentres::fit(const VectorRows& rows, std::size_t cells, std::uint64_t seed) {
  centres_.clear();
  const auto sample = random_sample(rows.size(), kSampledPerCell * cells, seed);
  SecureVector<float> vector(rows.dim());
  for (std::size_t cell = 0; cell < cells; ++cell) {
    rows.dequantize(sample[cell], vector);
    place(cell, vector);
  }
  std::vector<std::uint32_t> nearest_cells(sample.size());
  for (std::size_t round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < sample.size(); ++i) nearest_cells[i] = nearest(rows[sample[i]]);
    move(rows, sample, nearest_cells);
  }
}

}  // namespace mayfly::index
