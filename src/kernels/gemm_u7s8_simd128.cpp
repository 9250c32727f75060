// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"
#include "kernels/simd.h"

namespace mayfly::kernels {
namespace {

// out = acc * (row.scale * column_scale) + (row.min * column_sum + bias) for four columns.
inline void store_scaled(v128_t acc, RowScale row, const GemmU7S8& args, std::size_t column,
                         float* out) {
  const v128_t scale =
      wasm_f32x4_mul(wasm_f32x4_splat(row.scale), wasm_v128_load(args.column_scale + column));
  const v128_t offset = wasm_f32x4_add(
      wasm_f32x4_mul(wasm_f32x4_splat(row.min), wasm_v128_load(args.column_sum + column)),
      wasm_v128_load(args.bias + column));
  wasm_v128_store(out + column,
                  wasm_f32x4_add(wasm_f32x4_mul(wasm_f32x4_convert_i32x4(acc), scale), offset));
}

// kRows rows against one panel of 8 columns. Register budget for 4 rows: 8 sums, 2 weights, 1
// activation pair of the 16 that x86 offers. Rows are named, not an array, because clang 14
// otherwise keeps the sums in memory.
template <int kRows>
inline void multiply_tile(const GemmU7S8& args, std::size_t row, std::size_t column) {
  static_assert(kRows == 1 || kRows == 4);
  constexpr int kR1 = kRows > 1 ? 1 : 0, kR2 = kRows > 1 ? 2 : 0, kR3 = kRows > 1 ? 3 : 0;
  const std::int16_t* a0 = args.activations + row * args.k;
  const std::int16_t* a1 = a0 + kR1 * args.k;
  const std::int16_t* a2 = a0 + kR2 * args.k;
  const std::int16_t* a3 = a0 + kR3 * args.k;
  const std::int8_t* w = args.weights + column * args.k;
  const v128_t zero = wasm_i32x4_splat(0);
  v128_t s00 = zero, s01 = zero, s10 = zero, s11 = zero;
  v128_t s20 = zero, s21 = zero, s30 = zero, s31 = zero;
  for (std::size_t p = 0; p < args.k; p += 2) {
    const v128_t w0 = wasm_i16x8_load8x8(w + p * 8);
    const v128_t w1 = wasm_i16x8_load8x8(w + p * 8 + 8);
    v128_t a = wasm_v128_load32_splat(a0 + p);
    s00 = wasm_i32x4_add(s00, wasm_i32x4_dot_i16x8(w0, a));
    s01 = wasm_i32x4_add(s01, wasm_i32x4_dot_i16x8(w1, a));
    if constexpr (kRows > 1) {
      a = wasm_v128_load32_splat(a1 + p);
      s10 = wasm_i32x4_add(s10, wasm_i32x4_dot_i16x8(w0, a));
      s11 = wasm_i32x4_add(s11, wasm_i32x4_dot_i16x8(w1, a));
      a = wasm_v128_load32_splat(a2 + p);
      s20 = wasm_i32x4_add(s20, wasm_i32x4_dot_i16x8(w0, a));
      s21 = wasm_i32x4_add(s21, wasm_i32x4_dot_i16x8(w1, a));
      a = wasm_v128_load32_splat(a3 + p);
      s30 = wasm_i32x4_add(s30, wasm_i32x4_dot_i16x8(w0, a));
      s31 = wasm_i32x4_add(s31, wasm_i32x4_dot_i16x8(w1, a));
    }
  }
  float* out = args.out + row * args.out_stride;
  store_scaled(s00, args.rows[row], args, column, out);
  store_scaled(s01, args.rows[row], args, column + 4, out);
  if constexpr (kRows > 1) {
    store_scaled(s10, args.rows[row + 1], args, column, out + args.out_stride);
    store_scaled(s11, args.rows[row + 1], args, column + 4, out + args.out_stride);
    store_scaled(s20, args.rows[row + 2], args, column, out + 2 * args.out_stride);
    store_scaled(s21, args.rows[row + 2], args, column + 4, out + 2 * args.out_stride);
    store_scaled(s30, args.rows[row + 3], args, column, out + 3 * args.out_stride);
    store_scaled(s31, args.rows[row + 3], args, column + 4, out + 3 * args.out_stride);
  }
}

}  // namespace

// A panel of weights stays in the first-level cache while all rows pass over it.
void gemm_u7s8_simd128(const GemmU7S8& args) {
  for (std::size_t column = 0; column < args.n; column += kPanelColumns) {
    std::size_t row = 0;
    for (; row + 4 <= args.m; row += 4) multiply_tile<4>(args, row, column);
    for (; row < args.m; ++row) multiply_tile<1>(args, row, column);
  }
}

}  // namespace mayfly::kernels
