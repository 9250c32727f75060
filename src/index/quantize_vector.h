// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

namespace mayfly::index {

// Rows of an index: int8, symmetric, -127..127.
inline constexpr std::int32_t kRowLevels = 127;
// Queries: int16 on a grid 32 times finer, so that the rows' rounding is the only error that shows.
inline constexpr std::int32_t kQueryLevels = 4095;
// The longest vector whose dot product stays exact in int32.
inline constexpr std::size_t kMaxDim = 4096;
static_assert(std::int64_t{kQueryLevels} * kRowLevels * std::int64_t{kMaxDim} <= INT32_MAX);

// out[i] = round(vector[i] / scale), halves to even; returns scale = max |vector[i]| / levels, so
// that |vector[i] - scale * out[i]| <= scale / 2 up to f32 rounding. A zero vector has scale 0.
// `out` is as long as `vector`. Values must be finite.
float quantize_vector(std::span<const float> vector, std::span<std::int8_t> out);
float quantize_vector(std::span<const float> vector, std::span<std::int16_t> out);

}  // namespace mayfly::index
