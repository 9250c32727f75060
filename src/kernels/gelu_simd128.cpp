// SPDX-License-Identifier: Apache-2.0
#include "kernels/gelu_f32.h"
#include "kernels/kernels.h"
#include "kernels/simd.h"

namespace mayfly::kernels {

void gelu_simd128(float* x, std::size_t count) {
  const v128_t low = wasm_f32x4_splat(-kGeluBound);
  const v128_t high = wasm_f32x4_splat(kGeluBound);
  const v128_t half = wasm_f32x4_splat(0.5F);
  for (std::size_t i = 0; i < count; i += 4) {
    const v128_t v = wasm_v128_load(x + i);
    const v128_t c = wasm_f32x4_pmin(wasm_f32x4_pmax(v, low), high);
    const v128_t t = wasm_f32x4_mul(c, c);
    v128_t s = wasm_f32x4_splat(kGeluPolynomial[kGeluDegree]);
    for (int power = kGeluDegree - 1; power >= 0; --power) {
      s = wasm_f32x4_add(wasm_f32x4_mul(s, t), wasm_f32x4_splat(kGeluPolynomial[power]));
    }
    wasm_v128_store(
        x + i, wasm_f32x4_add(wasm_f32x4_mul(v, half), wasm_f32x4_mul(wasm_f32x4_mul(v, c), s)));
  }
}

}  // namespace mayfly::kernels
