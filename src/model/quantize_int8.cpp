// SPDX-License-Identifier: Apache-2.0
#include "model/quantize_int8.h"

#include <algorithm>
#include <cmath>

namespace mayfly::model {
namespace {

// Rows without a larger value count as zero: below it 127 / x would overflow.
constexpr float kSmallest = 1e-30F;

}  // namespace

float root_mean_square(std::span<const float> values) {
  if (values.empty()) return 0.0F;
  double sum = 0.0;
  for (const float value : values) sum += double{value} * value;
  return static_cast<float>(std::sqrt(sum / static_cast<double>(values.size())));
}

Int8Matrix quantize_int8_rows(std::span<const float> matrix, std::size_t rows,
                              std::size_t columns) {
  return quantize_int8_common_step(matrix, 0.0F, rows, columns);
}

Int8Matrix quantize_int8_common_step(std::span<const float> matrix, float relative_step,
                                     std::size_t rows, std::size_t columns) {
  const float least = relative_step * root_mean_square(matrix);
  Int8Matrix result{std::vector<std::int8_t>(rows * columns), std::vector<float>(rows)};
  for (std::size_t row = 0; row < rows; ++row) {
    const auto values = matrix.subspan(row * columns, columns);
    float largest = 0.0F;
    for (const float value : values) largest = std::max(largest, std::fabs(value));
    if (largest < kSmallest) continue;
    result.scales[row] = std::max(largest / 127.0F, least);
    const float inverse = 1.0F / result.scales[row];
    for (std::size_t column = 0; column < columns; ++column) {
      result.values[row * columns + column] =
          static_cast<std::int8_t>(std::lround(values[column] * inverse));
    }
  }
  return result;
}

}  // namespace mayfly::model
