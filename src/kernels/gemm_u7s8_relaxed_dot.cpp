// SPDX-License-Identifier: Apache-2.0
// Part of the kernel pack, see gemm_u7s8_relaxed.cpp; the same packing of weights and activations.
#if !defined(__wasm__) || defined(__wasm_relaxed_simd__)
#include "kernels/gemm_u7s8_quads.h"
#include "kernels/relaxed_simd.h"

namespace mayfly::kernels {
namespace {

// Four bytes at once: vpdpbusd on x86 with AVX-VNNI, sdot on ARM.
struct QuadDot : QuadOperands {
  static void accumulate(Sum& sum, const Weights& w, const uint8_t* a) {
    sum = add_dot_quads(sum, w.quad0, quad(a, 0));
    sum = add_dot_quads(sum, w.quad1, quad(a, 1));
    sum = add_dot_quads(sum, w.quad2, quad(a, 2));
    sum = add_dot_quads(sum, w.quad3, quad(a, 3));
  }
};

}  // namespace

void gemm_u7s8_relaxed_dot(const GemmU7S8& args) { multiply<QuadDot>(args); }

}  // namespace mayfly::kernels
#endif
