// SPDX-License-Identifier: Apache-2.0
#include "kernels/quantize_rows_tile.h"

namespace mayfly::kernels {

// One byte each.
void quantize_rows_relaxed(const float* x, const float* channel_scale, std::size_t m, std::size_t k,
                           std::uint8_t* quantized, RowScale* rows) {
  const auto store = [quantized](std::size_t at, v128_t q) {
    wasm_v128_store64_lane(quantized + at, wasm_u8x16_narrow_i16x8(q, q), 0);
  };
  if (channel_scale != nullptr) {
    quantize_rows_simd<true>(x, channel_scale, m, k, rows, store);
  } else {
    quantize_rows_simd<false>(x, channel_scale, m, k, rows, store);
  }
}

}  // namespace mayfly::kernels
