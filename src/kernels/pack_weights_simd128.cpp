// SPDX-License-Identifier: Apache-2.0
#include "kernels/pack_weights_tile.h"

namespace mayfly::kernels {

// Pairs: eight bytes widen to the pairs of four channels for i32x4.dot_i16x8_s.
void pack_weights_simd128(const std::int8_t* weights, std::size_t n, std::size_t k,
                          std::int8_t* packed) {
  pack_panels<2>(weights, n, k, packed);
}

}  // namespace mayfly::kernels
