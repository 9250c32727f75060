// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mayfly::model {

struct Int8Matrix {
  std::vector<std::int8_t> values;  // [rows, columns], -127..127
  std::vector<float> scales;        // [rows]: x is about scale * value
};

// Symmetric quantization of each row: scale = max |x| / 127, values rounded to nearest, halves away
// from zero. A row of zeros gets scale 0.
Int8Matrix quantize_int8_rows(std::span<const float> matrix, std::size_t rows, std::size_t columns);

// The same with coarser steps: a row's scale is at least relative_step times the root mean square
// of the whole matrix. Entropy-coded, most rows then cost as many bits as their values are wide.
Int8Matrix quantize_int8_common_step(std::span<const float> matrix, float relative_step,
                                     std::size_t rows, std::size_t columns);

// Square root of the mean of the squares; 0 of nothing.
float root_mean_square(std::span<const float> values);

}  // namespace mayfly::model
