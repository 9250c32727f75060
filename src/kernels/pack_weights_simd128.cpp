// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"

namespace mayfly::kernels {

// Panels of 8 output channels; in a panel, for each pair (k, k + 1) in turn, 16 bytes: the pair of
// channel 0, of channel 1, ... So one 8-byte load widens to the pairs of four channels, which
// i32x4.dot_i16x8_s multiplies with one pair of activations repeated four times.
void pack_weights_simd128(const std::int8_t* weights, std::size_t n, std::size_t k,
                          std::int8_t* packed) {
  for (std::size_t panel = 0; panel < n; panel += kPanelColumns) {
    for (std::size_t pair = 0; pair < k; pair += 2) {
      for (std::size_t column = panel; column < panel + kPanelColumns; ++column) {
        *packed++ = weights[column * k + pair];
        *packed++ = weights[column * k + pair + 1];
      }
    }
  }
}

}  // namespace mayfly::kernels
