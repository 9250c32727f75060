// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/gemm_u7s8_tile.h"

namespace mayfly::kernels {

// Pairs of int16 (pmaddwd on x86, smull and smlal2 on ARM): a load widens the four neighbours along
// k of two columns, so that each column has two sums until the end.
struct PairDot {
  static constexpr size_t kActivationBytes = 2;
  struct Sum {
    v128_t columns01, columns23;
  };
  using Weights = const int8_t*;
  static Sum zero() { return {wasm_i32x4_splat(0), wasm_i32x4_splat(0)}; }
  static v128_t total(const Sum& sum) {
    return wasm_i32x4_add(wasm_i32x4_shuffle(sum.columns01, sum.columns23, 0, 2, 4, 6),
                          wasm_i32x4_shuffle(sum.columns01, sum.columns23, 1, 3, 5, 7));
  }
  static Weights load_weights(const int8_t* w) { return w; }
  static void accumulate(Sum& sum, Weights w, const uint8_t* a) {
    for (size_t quad = 0; quad < 4; ++quad) {
      const v128_t activations = wasm_v128_load64_splat(a + quad * kQuadBytes<PairDot>);
      sum.columns01 = add(sum.columns01, wasm_i16x8_load8x8(w + 16 * quad), activations);
      sum.columns23 = add(sum.columns23, wasm_i16x8_load8x8(w + 16 * quad + 8), activations);
    }
  }

 private:
  static v128_t add(v128_t sum, v128_t weights, v128_t activations) {
    return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(weights, activations));
  }
};

}  // namespace mayfly::kernels
