// SPDX-License-Identifier: Apache-2.0
#include "index/quantize_vector.h"

#include <algorithm>
#include <cmath>

namespace mayfly::index {
namespace {

// Division instead of multiplication by an inverse: a denormal scale would have an infinite one.
template <typename Integer>
float quantize(std::span<const float> vector, std::int32_t levels, std::span<Integer> out) {
  // Conditions instead of std::max and std::clamp: built for size, those are calls for each value.
  float largest = 0.0F;
  for (const float value : vector) {
    const float size = std::fabs(value);
    largest = size > largest ? size : largest;
  }
  const float scale = largest / static_cast<float>(levels);
  // Below the smallest denormal times levels the scale itself is 0.
  if (scale == 0.0F) {
    std::fill(out.begin(), out.end(), Integer{0});
    return 0.0F;
  }
  // A rounded-down scale can give a quotient just above levels.
  const auto limit = static_cast<float>(levels);
  for (std::size_t i = 0; i < vector.size(); ++i) {
    const float steps = std::nearbyint(vector[i] / scale);
    out[i] = static_cast<Integer>(steps > limit ? limit : steps < -limit ? -limit : steps);
  }
  return scale;
}

}  // namespace

float quantize_vector(std::span<const float> vector, std::span<std::int8_t> out) {
  return quantize(vector, kRowLevels, out);
}

float quantize_vector(std::span<const float> vector, std::span<std::int16_t> out) {
  return quantize(vector, kQueryLevels, out);
}

}  // namespace mayfly::index
