// SPDX-License-Identifier: Apache-2.0
#include "kernels/quantize_rows_tile.h"

namespace mayfly::kernels {

void gelu_quantize_rows_simd128(const GeluQuantizeRows& args) {
  gelu_quantize_rows_in<WordPanels>(args);
}

}  // namespace mayfly::kernels
