// SPDX-License-Identifier: Apache-2.0
// Part of the kernel pack: compiled for WebAssembly with relaxed SIMD only, outside the main
// module.
#if !defined(__wasm__) || defined(__wasm_relaxed_simd__)
#include "kernels/gemm_u7s8_quads.h"
#include "kernels/relaxed_simd.h"

namespace mayfly::kernels {
namespace {

// Pairs of bytes into int16 (pmaddubsw on x86); int16 pairs into int32 by a product with ones.
inline v128_t add_pairs(v128_t sum, v128_t pairs) {
  return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(pairs, wasm_i16x8_splat(1)));
}

// Any weights: each product is widened by itself.
struct WideDot : QuadOperands {
  static void accumulate(Sum& sum, const Weights& w, const uint8_t* a) {
    sum = add_pairs(sum, dot_pairs(w.quad0, quad(a, 0)));
    sum = add_pairs(sum, dot_pairs(w.quad1, quad(a, 1)));
    sum = add_pairs(sum, dot_pairs(w.quad2, quad(a, 2)));
    sum = add_pairs(sum, dot_pairs(w.quad3, quad(a, 3)));
  }
};

// Narrow panels: four products are added up before they are widened, which saves three of eight
// multiplications, the scarce instruction. Sums in between may wrap; the last one cannot.
struct NarrowDot : QuadOperands {
  static v128_t block(const Weights& w, const uint8_t* a) {
    const v128_t left =
        wasm_i16x8_add(dot_pairs(w.quad0, quad(a, 0)), dot_pairs(w.quad1, quad(a, 1)));
    const v128_t right =
        wasm_i16x8_add(dot_pairs(w.quad2, quad(a, 2)), dot_pairs(w.quad3, quad(a, 3)));
    return wasm_i16x8_add(left, right);
  }
  static void accumulate(Sum& sum, const Weights& w, const uint8_t* a) {
    sum = add_pairs(sum, block(w, a));
  }
};

constexpr size_t kBlockBytes = kPanelRows * kDepthStep;  // of a panel's weights or activations

// A block's products for one row, added to those of another block. One after the other: with all
// twelve other values of a tile this just fits into fifteen registers.
inline v128_t add_block(v128_t pairs, const QuadOperands::Weights& w, const uint8_t* a) {
  pairs = wasm_i16x8_add(pairs, dot_pairs(w.quad0, QuadOperands::quad(a, 0)));
  pairs = wasm_i16x8_add(pairs, dot_pairs(w.quad1, QuadOperands::quad(a, 1)));
  pairs = wasm_i16x8_add(pairs, dot_pairs(w.quad2, QuadOperands::quad(a, 2)));
  return wasm_i16x8_add(pairs, dot_pairs(w.quad3, QuadOperands::quad(a, 3)));
}

// A tile of a panel with pairs: eight products are added up before they are widened.
template <int kRows>
inline void multiply_paired_tile(const GemmU7S8& args, const PackedPanel& panel, size_t row,
                                 size_t column) {
  const uint8_t* activations = args.activations + row * padded_depth(args.k);
  const uint8_t* order = panel.order;
  v128_t s0 = NarrowDot::zero(), s1 = s0, s2 = s0, s3 = s0;
  for (const uint8_t* end = order + 2 * (panel.flag - 1); order != end; order += 2) {
    const uint8_t* a = activations + order[0] * kBlockBytes;
    const auto first = NarrowDot::load_weights(panel.weights + order[0] * kBlockBytes);
    v128_t p0 = NarrowDot::block(first, a), p1 = p0, p2 = p0, p3 = p0;
    if constexpr (kRows > 1) p1 = NarrowDot::block(first, a + 4);
    if constexpr (kRows > 2) p2 = NarrowDot::block(first, a + 8);
    if constexpr (kRows > 3) p3 = NarrowDot::block(first, a + 12);
    const uint8_t* b = activations + order[1] * kBlockBytes;
    const auto second = NarrowDot::load_weights(panel.weights + order[1] * kBlockBytes);
    s0 = add_pairs(s0, add_block(p0, second, b));
    if constexpr (kRows > 1) s1 = add_pairs(s1, add_block(p1, second, b + 4));
    if constexpr (kRows > 2) s2 = add_pairs(s2, add_block(p2, second, b + 8));
    if constexpr (kRows > 3) s3 = add_pairs(s3, add_block(p3, second, b + 12));
  }
  for (const uint8_t* end = panel.order + args.k / kDepthStep; order != end; ++order) {
    const auto weights = NarrowDot::load_weights(panel.weights + *order * kBlockBytes);
    const uint8_t* a = activations + *order * kBlockBytes;
    NarrowDot::accumulate(s0, weights, a);
    if constexpr (kRows > 1) NarrowDot::accumulate(s1, weights, a + 4);
    if constexpr (kRows > 2) NarrowDot::accumulate(s2, weights, a + 8);
    if constexpr (kRows > 3) NarrowDot::accumulate(s3, weights, a + 12);
  }
  const Epilogue epilogue(args, row, column);
  epilogue.store(0, s0);
  if constexpr (kRows > 1) epilogue.store(1, s1);
  if constexpr (kRows > 2) epilogue.store(2, s2);
  if constexpr (kRows > 3) epilogue.store(3, s3);
}

}  // namespace

void gemm_u7s8_relaxed(const GemmU7S8& args) {
  for (size_t column = 0; column < args.n; column += kPanelRows) {
    const PackedPanel panel = packed_panel(args.weights, args.n, args.k, column / kPanelRows);
    if (panel.flag == 0) {
      multiply_panel<WideDot>(args, column);
    } else if (panel.flag == 1) {
      multiply_panel<NarrowDot>(args, column);
    } else {
      for_each_tile(args.m, [&](auto rows, size_t row) {
        multiply_paired_tile<decltype(rows)::count>(args, panel, row, column);
      });
    }
  }
}

}  // namespace mayfly::kernels
#endif
