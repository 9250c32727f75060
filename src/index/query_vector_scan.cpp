// SPDX-License-Identifier: Apache-2.0
// What runs for each row of a scan; the rest is in query_vector.cpp, which the WebAssembly module
// compiles for size.
#include <algorithm>

#include "index/query_vector.h"

namespace mayfly::index {

void QueryVector::dot_coarse(const std::int8_t* const* values, std::size_t count,
                             std::int32_t* out) const {
  kernels::active().dot_rows_u7s8({coarse_.data(), values, count, coarse_.size(), out});
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

}  // namespace mayfly::index
