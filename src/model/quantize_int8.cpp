// SPDX-License-Identifier: Apache-2.0
#include "model/quantize_int8.h"

#include <algorithm>
#include <cmath>

namespace mayfly::model {
namespace {

// Rows without a larger value count as zero: below it 127 / x would overflow.
constexpr float kSmallest = 1e-30F;

}  // namespace

Int8Matrix quantize_int8_rows(std::span<const float> matrix, std::size_t rows,
                              std::size_t columns) {
  Int8Matrix result{std::vector<std::int8_t>(rows * columns), std::vector<float>(rows)};
  for (std::size_t row = 0; row < rows; ++row) {
    const auto values = matrix.subspan(row * columns, columns);
    float largest = 0.0F;
    for (const float value : values) largest = std::max(largest, std::fabs(value));
    if (largest < kSmallest) continue;
    result.scales[row] = largest / 127.0F;
    const float inverse = 127.0F / largest;
    for (std::size_t column = 0; column < columns; ++column) {
      result.values[row * columns + column] =
          static_cast<std::int8_t>(std::lround(values[column] * inverse));
    }
  }
  return result;
}

}  // namespace mayfly::model
