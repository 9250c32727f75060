// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"
#include "kernels/simd.h"

namespace mayfly::kernels {

std::int32_t dot_s16s8_simd128(const std::int16_t* a, const std::int8_t* b, std::size_t n) {
  v128_t sum0 = wasm_i32x4_splat(0), sum1 = sum0;
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    sum0 = wasm_i32x4_add(sum0,
                          wasm_i32x4_dot_i16x8(wasm_v128_load(a + i), wasm_i16x8_load8x8(b + i)));
    sum1 = wasm_i32x4_add(
        sum1, wasm_i32x4_dot_i16x8(wasm_v128_load(a + i + 8), wasm_i16x8_load8x8(b + i + 8)));
  }
  if (i < n) {
    sum0 = wasm_i32x4_add(sum0,
                          wasm_i32x4_dot_i16x8(wasm_v128_load(a + i), wasm_i16x8_load8x8(b + i)));
  }
  sum0 = wasm_i32x4_add(sum0, sum1);
  return (wasm_i32x4_extract_lane(sum0, 0) + wasm_i32x4_extract_lane(sum0, 1)) +
         (wasm_i32x4_extract_lane(sum0, 2) + wasm_i32x4_extract_lane(sum0, 3));
}

}  // namespace mayfly::kernels
