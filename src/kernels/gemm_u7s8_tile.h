// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/gemm_epilogue.h"

namespace mayfly::kernels {

// The loop that the SIMD variants share: tiles of up to 4 rows by one panel of 4 columns. A `Dot`
// says how one step of kDepthStep along k works:
//   kActivationBytes           per activation
//   Weights, load_weights(const int8_t*)  the panel's 64 weights of a step
//   Sum, zero(), total(Sum)    i32 sums of four columns, in whatever form, and as one i32x4
//   accumulate(Sum&, weights, const uint8_t* activations)  of one row; the row's four neighbours
//                              along k stand kQuadBytes<Dot> apart
// Sums are named, not an array, because clang 14 keeps an array in memory.
template <typename Dot>
inline constexpr size_t kQuadBytes = 4 * kPanelRows* Dot::kActivationBytes;

template <typename Dot, int kRows, typename Activation>
inline void multiply_tile(const Gemm<Activation>& args, size_t row, size_t column) {
  static_assert(1 <= kRows && kRows <= 4);
  constexpr size_t kRowBytes = 4 * Dot::kActivationBytes;
  const size_t depth = padded_depth(args.k);
  const auto* a =
      reinterpret_cast<const uint8_t*>(args.activations) + row * depth * Dot::kActivationBytes;
  const int8_t* w = args.weights + column * depth;
  typename Dot::Sum s0 = Dot::zero(), s1 = s0, s2 = s0, s3 = s0;
  for (const int8_t* end = w + kPanelRows * depth; w != end; w += kPanelRows * kDepthStep) {
    const typename Dot::Weights weights = Dot::load_weights(w);
    Dot::accumulate(s0, weights, a);
    if constexpr (kRows > 1) Dot::accumulate(s1, weights, a + kRowBytes);
    if constexpr (kRows > 2) Dot::accumulate(s2, weights, a + 2 * kRowBytes);
    if constexpr (kRows > 3) Dot::accumulate(s3, weights, a + 3 * kRowBytes);
    a += 4 * kQuadBytes<Dot>;
  }
  const Epilogue epilogue(args, row, column);
  epilogue.store(0, Dot::total(s0));
  if constexpr (kRows > 1) epilogue.store(1, Dot::total(s1));
  if constexpr (kRows > 2) epilogue.store(2, Dot::total(s2));
  if constexpr (kRows > 3) epilogue.store(3, Dot::total(s3));
}

// A panel of weights stays in the first-level cache while all rows pass over it.
template <typename Dot, typename Activation>
inline void multiply_panel(const Gemm<Activation>& args, size_t column) {
  size_t row = 0;
  for (; row + 4 <= args.m; row += 4) multiply_tile<Dot, 4>(args, row, column);
  switch (args.m - row) {
    case 3:
      return multiply_tile<Dot, 3>(args, row, column);
    case 2:
      return multiply_tile<Dot, 2>(args, row, column);
    case 1:
      return multiply_tile<Dot, 1>(args, row, column);
    default:
      return;
  }
}

template <typename Dot, typename Activation>
inline void multiply(const Gemm<Activation>& args) {
  for (size_t column = 0; column < args.n; column += kPanelRows) {
    multiply_panel<Dot>(args, column);
  }
}

}  // namespace mayfly::kernels
