// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/gemm_epilogue.h"

namespace mayfly::kernels {

// The loop that the SIMD variants share: tiles of up to 4 rows by one panel of 8 columns. A `Dot`
// says how one step works:
//   kDepth       activations per row and step
//   kActivationBytes, kWeightBytes per step: of one row; of four columns
//   load_weights(const int8_t*), load_activations(const uint8_t*) -> v128_t
//   accumulate(sum, weights, activations) -> v128_t, i32x4 of four columns
// Registers for 4 rows: 8 sums, 2 weights, 1 activation of the 15 that V8 can use on x86. Sums
// are named, not an array, because clang 14 keeps an array in memory.
template <typename Dot, int kRows>
inline void multiply_tile(const GemmU7S8& args, size_t row, size_t column) {
  static_assert(1 <= kRows && kRows <= 4);
  const size_t row_bytes = args.k / Dot::kDepth * Dot::kActivationBytes;
  const uint8_t* a0 = args.activations + row * row_bytes;
  const uint8_t* a1 = a0 + (kRows > 1 ? row_bytes : 0);
  const uint8_t* a2 = a1 + (kRows > 2 ? row_bytes : 0);
  const uint8_t* a3 = a2 + (kRows > 3 ? row_bytes : 0);
  const int8_t* w = args.weights + column * args.k;
  const v128_t zero = wasm_i32x4_splat(0);
  v128_t s00 = zero, s01 = zero, s10 = zero, s11 = zero;
  v128_t s20 = zero, s21 = zero, s30 = zero, s31 = zero;
  for (size_t at = 0; at < row_bytes; at += Dot::kActivationBytes) {
    const v128_t w0 = Dot::load_weights(w);
    const v128_t w1 = Dot::load_weights(w + Dot::kWeightBytes);
    w += 2 * Dot::kWeightBytes;
    v128_t a = Dot::load_activations(a0 + at);
    s00 = Dot::accumulate(s00, w0, a);
    s01 = Dot::accumulate(s01, w1, a);
    if constexpr (kRows > 1) {
      a = Dot::load_activations(a1 + at);
      s10 = Dot::accumulate(s10, w0, a);
      s11 = Dot::accumulate(s11, w1, a);
    }
    if constexpr (kRows > 2) {
      a = Dot::load_activations(a2 + at);
      s20 = Dot::accumulate(s20, w0, a);
      s21 = Dot::accumulate(s21, w1, a);
    }
    if constexpr (kRows > 3) {
      a = Dot::load_activations(a3 + at);
      s30 = Dot::accumulate(s30, w0, a);
      s31 = Dot::accumulate(s31, w1, a);
    }
  }
  float* out = args.out + row * args.out_stride;
  const auto store = [&](size_t r, v128_t low, v128_t high) {
    store_scaled(low, args.rows[row + r], args, column, out + r * args.out_stride);
    store_scaled(high, args.rows[row + r], args, column + 4, out + r * args.out_stride);
  };
  store(0, s00, s01);
  if constexpr (kRows > 1) store(1, s10, s11);
  if constexpr (kRows > 2) store(2, s20, s21);
  if constexpr (kRows > 3) store(3, s30, s31);
}

// A panel of weights stays in the first-level cache while all rows pass over it.
template <typename Dot>
inline void multiply(const GemmU7S8& args) {
  for (size_t column = 0; column < args.n; column += kPanelColumns) {
    size_t row = 0;
    for (; row + 4 <= args.m; row += 4) multiply_tile<Dot, 4>(args, row, column);
    switch (args.m - row) {
      case 3:
        multiply_tile<Dot, 3>(args, row, column);
        break;
      case 2:
        multiply_tile<Dot, 2>(args, row, column);
        break;
      case 1:
        multiply_tile<Dot, 1>(args, row, column);
        break;
      default:
        break;
    }
  }
}

}  // namespace mayfly::kernels
