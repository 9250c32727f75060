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

}  // namespace mayfly::model
