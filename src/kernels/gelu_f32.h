// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/simd.h"

// GELU(x) = x * Phi(x) (Hendrycks & Gimpel 2016) as x / 2 + x * c * S(c^2), c = x clamped to
// [-3.75, 3.75]. S is the even function (Phi(x) - 1/2) / x by a degree-5 polynomial in x^2, minimax
// for the error of GELU with S(3.75^2) = 0.5 / 3.75, so that the function goes over into x and 0
// outside. Largest error in f32: 5.4e-4, a fiftieth of the step with which its results are
// quantized. Both forms do the same operations in the same order.
namespace mayfly::kernels {

inline constexpr float kGeluBound = 3.75F;
inline constexpr float kGeluPolynomial[] = {  // descending powers of x^2
    -4.668137807317233e-07F, 2.600866719149053e-05F, -0.0006052149692550302F,
    0.007772057317197323F,   -0.06238337233662605F,  0.39630308747291565F};

inline float gelu(float x) {
  float c = x < -kGeluBound ? -kGeluBound : x;
  c = kGeluBound < c ? kGeluBound : c;
  const float t = c * c;
  float s = kGeluPolynomial[0];
  for (int i = 1; i < 6; ++i) s = s * t + kGeluPolynomial[i];
  return x * 0.5F + x * c * s;
}

inline v128_t gelu(v128_t x) {
  const v128_t c = wasm_f32x4_pmin(wasm_f32x4_pmax(x, wasm_f32x4_splat(-kGeluBound)),
                                   wasm_f32x4_splat(kGeluBound));
  const v128_t t = wasm_f32x4_mul(c, c);
  v128_t s = wasm_f32x4_splat(kGeluPolynomial[0]);
  for (int i = 1; i < 6; ++i) {
    s = wasm_f32x4_add(wasm_f32x4_mul(s, t), wasm_f32x4_splat(kGeluPolynomial[i]));
  }
  return wasm_f32x4_add(wasm_f32x4_mul(x, wasm_f32x4_splat(0.5F)),
                        wasm_f32x4_mul(wasm_f32x4_mul(x, c), s));
}

}  // namespace mayfly::kernels
