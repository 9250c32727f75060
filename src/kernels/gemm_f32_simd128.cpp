// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"
#include "kernels/simd.h"

namespace mayfly::kernels {
namespace {

inline v128_t multiply_add(v128_t sum, v128_t a, v128_t b) {
  return wasm_f32x4_add(sum, wasm_f32x4_mul(a, b));
}

// Four rows by eight columns; named sums for the same reason as in gemm_u7s8_simd128.cpp.
inline void multiply_4x8(const GemmF32& args, std::size_t row, std::size_t column) {
  const float* a0 = args.a + row * args.a_stride;
  const float* a1 = a0 + args.a_stride;
  const float* a2 = a1 + args.a_stride;
  const float* a3 = a2 + args.a_stride;
  const float* b = args.b + column;
  const v128_t zero = wasm_f32x4_splat(0.0F);
  v128_t s00 = zero, s01 = zero, s10 = zero, s11 = zero;
  v128_t s20 = zero, s21 = zero, s30 = zero, s31 = zero;
  for (std::size_t p = 0; p < args.k; ++p, b += args.b_stride) {
    const v128_t b0 = wasm_v128_load(b);
    const v128_t b1 = wasm_v128_load(b + 4);
    v128_t a = wasm_v128_load32_splat(a0 + p);
    s00 = multiply_add(s00, a, b0);
    s01 = multiply_add(s01, a, b1);
    a = wasm_v128_load32_splat(a1 + p);
    s10 = multiply_add(s10, a, b0);
    s11 = multiply_add(s11, a, b1);
    a = wasm_v128_load32_splat(a2 + p);
    s20 = multiply_add(s20, a, b0);
    s21 = multiply_add(s21, a, b1);
    a = wasm_v128_load32_splat(a3 + p);
    s30 = multiply_add(s30, a, b0);
    s31 = multiply_add(s31, a, b1);
  }
  float* c = args.c + row * args.c_stride + column;
  wasm_v128_store(c, s00);
  wasm_v128_store(c + 4, s01);
  c += args.c_stride;
  wasm_v128_store(c, s10);
  wasm_v128_store(c + 4, s11);
  c += args.c_stride;
  wasm_v128_store(c, s20);
  wasm_v128_store(c + 4, s21);
  c += args.c_stride;
  wasm_v128_store(c, s30);
  wasm_v128_store(c + 4, s31);
}

inline void multiply_1x8(const GemmF32& args, std::size_t row, std::size_t column) {
  const float* a = args.a + row * args.a_stride;
  const float* b = args.b + column;
  v128_t s0 = wasm_f32x4_splat(0.0F), s1 = s0;
  for (std::size_t p = 0; p < args.k; ++p, b += args.b_stride) {
    const v128_t ap = wasm_v128_load32_splat(a + p);
    s0 = multiply_add(s0, ap, wasm_v128_load(b));
    s1 = multiply_add(s1, ap, wasm_v128_load(b + 4));
  }
  float* c = args.c + row * args.c_stride + column;
  wasm_v128_store(c, s0);
  wasm_v128_store(c + 4, s1);
}

}  // namespace

void gemm_f32_simd128(const GemmF32& args) {
  for (std::size_t column = 0; column < args.n; column += 8) {
    std::size_t row = 0;
    for (; row + 4 <= args.m; row += 4) multiply_4x8(args, row, column);
    for (; row < args.m; ++row) multiply_1x8(args, row, column);
  }
}

}  // namespace mayfly::kernels
