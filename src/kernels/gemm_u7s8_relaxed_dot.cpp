// SPDX-License-Identifier: Apache-2.0
// Part of the kernel pack, see gemm_u7s8_relaxed.cpp; the same packing of weights and activations.
#if !defined(__wasm__) || defined(__wasm_relaxed_simd__)
#include "kernels/gemm_u7s8_tile.h"
#include "kernels/relaxed_simd.h"

namespace mayfly::kernels {
namespace {

// Four bytes at once: vpdpbusd on x86 with AVX-VNNI, sdot on ARM.
struct QuadDot {
  static constexpr size_t kDepth = 4, kActivationBytes = 4, kWeightBytes = 16;
  static v128_t load_weights(const int8_t* w) { return wasm_v128_load(w); }
  static v128_t load_activations(const uint8_t* a) { return wasm_v128_load32_splat(a); }
  static v128_t accumulate(v128_t sum, v128_t weights, v128_t activations) {
    return add_dot_quads(sum, weights, activations);
  }
};

}  // namespace

void gemm_u7s8_relaxed_dot(const GemmU7S8& args) { multiply<QuadDot>(args); }

}  // namespace mayfly::kernels
#endif
