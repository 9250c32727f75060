// SPDX-License-Identifier: Apache-2.0
#include "kernels/gemm_u7s8_tile.h"
#include "kernels/kernels.h"
#include "kernels/simd.h"

namespace mayfly::kernels {
namespace {

// Pairs of int16: pmaddwd on x86, smull and smlal2 on ARM.
struct PairDot {
  static constexpr size_t kDepth = 2, kActivationBytes = 4, kWeightBytes = 8;
  static v128_t load_weights(const int8_t* w) { return wasm_i16x8_load8x8(w); }
  static v128_t load_activations(const uint8_t* a) { return wasm_v128_load32_splat(a); }
  static v128_t accumulate(v128_t sum, v128_t weights, v128_t activations) {
    return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(weights, activations));
  }
};

}  // namespace

void gemm_u7s8_simd128(const GemmU7S8& args) { multiply<PairDot>(args); }

}  // namespace mayfly::kernels
