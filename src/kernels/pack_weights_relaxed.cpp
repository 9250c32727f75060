// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"

namespace mayfly::kernels {

// As pack_weights_simd128.cpp, but in groups of four along k: 32 bytes hold four weights of each of
// the 8 channels. Both relaxed products read it.
void pack_weights_relaxed(const std::int8_t* weights, std::size_t n, std::size_t k,
                          std::int8_t* packed) {
  for (std::size_t panel = 0; panel < n; panel += kPanelColumns) {
    for (std::size_t group = 0; group < k; group += 4) {
      for (std::size_t column = panel; column < panel + kPanelColumns; ++column) {
        for (std::size_t p = group; p < group + 4; ++p) *packed++ = weights[column * k + p];
      }
    }
  }
}

}  // namespace mayfly::kernels
