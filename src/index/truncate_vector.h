// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cmath>
#include <cstddef>
#include <span>

namespace mayfly::index {

// The first out.size() dimensions of a vector, at most all, made unit length again: what models
// trained for it (Matryoshka representation learning, Kusupati et al. 2022) allow. Zeros stay
// zeros: they have no direction. Values must be finite.
inline void truncate_vector(std::span<const float> vector, std::span<float> out) {
  double squares = 0.0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = vector[i];
    squares += double{out[i]} * double{out[i]};
  }
  if (squares == 0.0) return;
  const auto scale = static_cast<float>(1.0 / std::sqrt(squares));
  for (float& value : out) value *= scale;
}

}  // namespace mayfly::index
