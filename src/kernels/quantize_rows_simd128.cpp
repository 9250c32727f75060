// SPDX-License-Identifier: Apache-2.0
#include "kernels/quantize_rows_tile.h"

namespace mayfly::kernels {

// Two bytes each, ready for i32x4.dot_i16x8_s.
void quantize_rows_simd128(const float* x, const float* channel_scale, std::size_t m, std::size_t k,
                           std::uint8_t* quantized, RowScale* rows) {
  const auto store = [quantized](std::size_t at, v128_t q) {
    wasm_v128_store(quantized + 2 * at, q);
  };
  if (channel_scale != nullptr) {
    quantize_rows_simd<true>(x, channel_scale, m, k, rows, store);
  } else {
    quantize_rows_simd<false>(x, channel_scale, m, k, rows, store);
  }
}

}  // namespace mayfly::kernels
