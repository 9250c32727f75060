// SPDX-License-Identifier: Apache-2.0
// Part of the kernel pack: compiled for WebAssembly with relaxed SIMD only, outside the main
// module.
#if !defined(__wasm__) || defined(__wasm_relaxed_simd__)
#include "kernels/gemm_u7s8_tile.h"
#include "kernels/relaxed_simd.h"

namespace mayfly::kernels {
namespace {

// Pairs of bytes into int16 (pmaddubsw on x86), pairs of those into int32 by a product with ones.
struct WidenedDot {
  static constexpr size_t kDepth = 4, kActivationBytes = 4, kWeightBytes = 16;
  static v128_t load_weights(const int8_t* w) { return wasm_v128_load(w); }
  static v128_t load_activations(const uint8_t* a) { return wasm_v128_load32_splat(a); }
  static v128_t accumulate(v128_t sum, v128_t weights, v128_t activations) {
    return wasm_i32x4_add(
        sum, wasm_i32x4_dot_i16x8(dot_pairs(weights, activations), wasm_i16x8_splat(1)));
  }
};

}  // namespace

void gemm_u7s8_relaxed(const GemmU7S8& args) { multiply<WidenedDot>(args); }

}  // namespace mayfly::kernels
#endif
