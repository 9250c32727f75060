// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "kernels/kernels.h"

namespace mayfly::testing {

// Place of element [row, j] of activations or weights of depth k, by gemm_u7s8.h's definition of
// panels. `scalar` keeps [m, k] as it is.
inline std::size_t panel_index(const kernels::Kernels& kernels, std::size_t k, std::size_t row,
                               std::size_t j) {
  if (kernels.variant == "scalar") return row * k + j;
  return row / 4 * 4 * ((k + 15) / 16 * 16) + j / 4 * 16 + row % 4 * 4 + j % 4;
}

inline std::size_t activation_byte(const kernels::Kernels& kernels, std::size_t k, std::size_t row,
                                   std::size_t j) {
  return panel_index(kernels, k, row, j) * kernels.activation_bytes;
}

inline std::vector<std::uint8_t> store_activations(const kernels::Kernels& kernels,
                                                   const std::vector<std::uint8_t>& q,
                                                   std::size_t m, std::size_t k) {
  std::vector<std::uint8_t> stored(kernels::activation_count(m, k) * kernels.activation_bytes, 0);
  for (std::size_t i = 0; i < m * k; ++i) stored[activation_byte(kernels, k, i / k, i % k)] = q[i];
  return stored;
}

inline std::vector<std::uint8_t> load_activations(const kernels::Kernels& kernels,
                                                  const std::vector<std::uint8_t>& stored,
                                                  std::size_t m, std::size_t k) {
  std::vector<std::uint8_t> q(m * k);
  for (std::size_t i = 0; i < m * k; ++i) q[i] = stored[activation_byte(kernels, k, i / k, i % k)];
  return q;
}

// Room for quantized activations of which every byte was 255 before.
inline std::vector<std::uint8_t> unwritten_activations(const kernels::Kernels& kernels,
                                                       std::size_t m, std::size_t k) {
  return std::vector<std::uint8_t>(kernels::activation_count(m, k) * kernels.activation_bytes, 255);
}

}  // namespace mayfly::testing
