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
  static void accumulate(Sum& sum, const Weights& w, const uint8_t* a) {
    const v128_t left =
        wasm_i16x8_add(dot_pairs(w.quad0, quad(a, 0)), dot_pairs(w.quad1, quad(a, 1)));
    const v128_t right =
        wasm_i16x8_add(dot_pairs(w.quad2, quad(a, 2)), dot_pairs(w.quad3, quad(a, 3)));
    sum = add_pairs(sum, wasm_i16x8_add(left, right));
  }
};

}  // namespace

void gemm_u7s8_relaxed(const GemmU7S8& args) {
  const int8_t* narrow = args.weights + args.n * padded_depth(args.k);
  for (size_t column = 0; column < args.n; column += kPanelRows) {
    if (narrow[column / kPanelRows] != 0) {
      multiply_panel<NarrowDot>(args, column);
    } else {
      multiply_panel<WideDot>(args, column);
    }
  }
}

}  // namespace mayfly::kernels
#endif
