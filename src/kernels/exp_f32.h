// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/float_bits.h"
#include "kernels/simd.h"

// e^x for x <= 0, relative error below 3e-7, 0 for x < -87 (where f32 would become subnormal).
// x = n ln 2 + r with |r| <= ln 2 / 2, e^r by the degree-6 polynomial of Cephes' expf (Moshier),
// then 2^n through the exponent bits. Both forms do the same operations in the same order.
namespace mayfly::kernels {

inline constexpr float kExpLowest = -87.0F;
inline constexpr float kLog2E = 1.44269504088896341F;
inline constexpr float kLn2High = 0.693359375F;  // ln 2 in two parts: n * high is exact
inline constexpr float kLn2Low = -2.12194440e-4F;
// Adding 1.5 * 2^23 rounds an |x| < 2^22 to the nearest integer, which then is in the low bits.
inline constexpr float kRoundMagic = 12582912.0F;
inline constexpr float kExpPolynomial[] = {1.9875691500e-4F, 1.3981999507e-3F, 8.3334519073e-3F,
                                           4.1665795894e-2F, 1.6666665459e-1F, 5.0000001201e-1F};

inline float exp_nonpositive(float x) {
  if (!(x >= kExpLowest)) return 0.0F;
  const float shifted = x * kLog2E + kRoundMagic;
  const float n = shifted - kRoundMagic;
  const float r = (x - n * kLn2High) - n * kLn2Low;
  float p = kExpPolynomial[0];
  for (int i = 1; i < 6; ++i) p = p * r + kExpPolynomial[i];
  const float e = (p * (r * r) + r) + 1.0F;
  const std::uint32_t exponent = (float_bits(shifted) + 127U) << 23;
  return e * float_from_bits(exponent);
}

inline v128_t exp_nonpositive(v128_t x) {
  const v128_t magic = wasm_f32x4_splat(kRoundMagic);
  const v128_t keep = wasm_f32x4_ge(x, wasm_f32x4_splat(kExpLowest));
  const v128_t shifted = wasm_f32x4_add(wasm_f32x4_mul(x, wasm_f32x4_splat(kLog2E)), magic);
  const v128_t n = wasm_f32x4_sub(shifted, magic);
  const v128_t r = wasm_f32x4_sub(wasm_f32x4_sub(x, wasm_f32x4_mul(n, wasm_f32x4_splat(kLn2High))),
                                  wasm_f32x4_mul(n, wasm_f32x4_splat(kLn2Low)));
  v128_t p = wasm_f32x4_splat(kExpPolynomial[0]);
  for (int i = 1; i < 6; ++i) {
    p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(kExpPolynomial[i]));
  }
  const v128_t e = wasm_f32x4_add(wasm_f32x4_add(wasm_f32x4_mul(p, wasm_f32x4_mul(r, r)), r),
                                  wasm_f32x4_splat(1.0F));
  const v128_t exponent = wasm_i32x4_shl(wasm_i32x4_add(shifted, wasm_i32x4_splat(127)), 23);
  return wasm_v128_and(wasm_f32x4_mul(e, exponent), keep);
}

}  // namespace mayfly::kernels
