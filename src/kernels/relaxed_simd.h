// SPDX-License-Identifier: Apache-2.0
#pragma once
// The two dot products of WebAssembly's relaxed SIMD, for operands within their exact range: `a`
// any int8, `b` 0..127. Native builds state them in fixed-width SIMD, so that tests run the same
// kernels.
#ifdef __wasm_relaxed_simd__
#include <wasm_simd128.h>
#else
#include "kernels/simd.h"
#ifdef __SSSE3__
#include <tmmintrin.h>
#endif
#endif

namespace mayfly::kernels {

// i16x8: a[2i] * b[2i] + a[2i + 1] * b[2i + 1]; at most 2 * 127 * 128 = 32,512 in magnitude, so
// that the saturating form that x86 has never saturates.
inline v128_t dot_pairs(v128_t a, v128_t b) {
#ifdef __wasm_relaxed_simd__
  return wasm_i16x8_relaxed_dot_i8x16_i7x16(a, b);
#elif defined(__SSSE3__)
  __m128i left, right;
  __builtin_memcpy(&left, &a, sizeof a);
  __builtin_memcpy(&right, &b, sizeof b);
  const __m128i sum = _mm_maddubs_epi16(right, left);
  v128_t result;
  __builtin_memcpy(&result, &sum, sizeof sum);
  return result;
#else
  const v128_t even = wasm_i16x8_mul(wasm_i16x8_shr(wasm_i16x8_shl(a, 8), 8),
                                     wasm_i16x8_shr(wasm_i16x8_shl(b, 8), 8));
  return wasm_i16x8_add(even, wasm_i16x8_mul(wasm_i16x8_shr(a, 8), wasm_i16x8_shr(b, 8)));
#endif
}

// i32x4: sum[i] + the four products a[4i + j] * b[4i + j].
inline v128_t add_dot_quads(v128_t sum, v128_t a, v128_t b) {
#ifdef __wasm_relaxed_simd__
  return wasm_i32x4_relaxed_dot_i8x16_i7x16_add(a, b, sum);
#else
  return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(dot_pairs(a, b), wasm_i16x8_splat(1)));
#endif
}

}  // namespace mayfly::kernels
