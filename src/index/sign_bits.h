// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace mayfly::index {

// Words of a vector's signs: an even number, as kernels::HammingRows takes them.
inline std::size_t sign_words(std::size_t dim) { return (dim + 127) / 128 * 2; }

// One bit per value, set where it is above 0, in `out` [sign_words]; bits beyond are 0.
inline void write_signs(std::span<const float> vector, std::span<std::uint64_t> out) {
  std::fill(out.begin(), out.end(), std::uint64_t{0});
  for (std::size_t i = 0; i < vector.size(); ++i) {
    out[i / 64] |= static_cast<std::uint64_t>(vector[i] > 0.0F) << (i % 64);
  }
}

}  // namespace mayfly::index
