// SPDX-License-Identifier: Apache-2.0
#include "kernels/quantize_rows_tile.h"

namespace mayfly::kernels {

// Two bytes each, ready for i32x4.dot_i16x8_s.
void quantize_rows_simd128(const QuantizeRows& args) { quantize_rows_in<WordPanels>(args); }

}  // namespace mayfly::kernels
