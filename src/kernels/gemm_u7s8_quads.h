// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/gemm_u7s8_tile.h"

namespace mayfly::kernels {

// What both relaxed products have in common: activations of one byte, and i32 sums of four columns.
struct QuadOperands {
  static constexpr size_t kActivationBytes = 1;
  using Sum = v128_t;
  struct Weights {
    v128_t quad0, quad1, quad2, quad3;  // of four columns each
  };
  static Sum zero() { return wasm_i32x4_splat(0); }
  static v128_t total(Sum sum) { return sum; }
  static Weights load_weights(const int8_t* w) {
    return {wasm_v128_load(w), wasm_v128_load(w + 16), wasm_v128_load(w + 32),
            wasm_v128_load(w + 48)};
  }
  // Four neighbours along k of one row, for each of the four columns.
  static v128_t quad(const uint8_t* a, size_t index) {
    return wasm_v128_load32_splat(a + index * 4 * kPanelRows);
  }
};

}  // namespace mayfly::kernels
