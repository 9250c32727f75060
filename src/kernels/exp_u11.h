// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/float_bits.h"
#include "kernels/rounding.h"

// round(2047 e^x) for x <= 0. e^x = 2^n 2^f with n the nearest integer to x log2(e) and |f| <= 1/2;
// 2047 2^f by the cubic with the least relative error among those that are 2047 at 0: 1.02e-4, so
// at most 0.21 before rounding. 2^n goes into the exponent's bits: n is in the low bits of
// `shifted`, and shifting left by 23 drops all others. Both forms do the same operations in the
// same order.
namespace mayfly::kernels {

inline constexpr float kExpLowest = -9.0F;  // 2047 e^-9 = 0.25 rounds to 0
inline constexpr float kLog2E = 1.44269504088896341F;
inline constexpr float kExpCubic[] = {112.60324F, 495.80592F, 1419.1502F,
                                      2047.0F};  // descending powers of f

inline std::int16_t exp_u11(float x) {
  const float y = (x < kExpLowest ? kExpLowest : x) * kLog2E;
  const float shifted = y + kRoundMagic;
  const float f = y - (shifted - kRoundMagic);
  float p = kExpCubic[0];
  for (int i = 1; i < 4; ++i) p = p * f + kExpCubic[i];
  return round_to_u11(float_from_bits(float_bits(p) + (float_bits(shifted) << 23)));
}

inline v128_t exp_u11(v128_t x) {
  const v128_t magic = wasm_f32x4_splat(kRoundMagic);
  const v128_t y =
      wasm_f32x4_mul(wasm_f32x4_pmax(x, wasm_f32x4_splat(kExpLowest)), wasm_f32x4_splat(kLog2E));
  const v128_t shifted = wasm_f32x4_add(y, magic);
  const v128_t f = wasm_f32x4_sub(y, wasm_f32x4_sub(shifted, magic));
  v128_t p = wasm_f32x4_splat(kExpCubic[0]);
  for (int i = 1; i < 4; ++i) {
    p = wasm_f32x4_add(wasm_f32x4_mul(p, f), wasm_f32x4_splat(kExpCubic[i]));
  }
  return round_to_u11(wasm_i32x4_add(p, wasm_i32x4_shl(shifted, 23)));
}

}  // namespace mayfly::kernels
