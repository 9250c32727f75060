// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/kernels.h"
#include "kernels/simd.h"

namespace mayfly::kernels {
namespace {

inline float lane_sum(v128_t v) {
  return (wasm_f32x4_extract_lane(v, 0) + wasm_f32x4_extract_lane(v, 1)) +
         (wasm_f32x4_extract_lane(v, 2) + wasm_f32x4_extract_lane(v, 3));
}

}  // namespace

void add_layer_norm_simd128(float* x, const float* residual, const float* gamma, const float* beta,
                            float epsilon, std::size_t m, std::size_t k) {
  for (std::size_t i = 0; i < m; ++i, x += k, residual += k) {
    v128_t sum = wasm_f32x4_splat(0.0F);
    for (std::size_t j = 0; j < k; j += 4) {
      const v128_t v = wasm_f32x4_add(wasm_v128_load(x + j), wasm_v128_load(residual + j));
      wasm_v128_store(x + j, v);
      sum = wasm_f32x4_add(sum, v);
    }
    const v128_t mean = wasm_f32x4_splat(lane_sum(sum) / static_cast<float>(k));
    v128_t squares = wasm_f32x4_splat(0.0F);
    for (std::size_t j = 0; j < k; j += 4) {
      const v128_t v = wasm_f32x4_sub(wasm_v128_load(x + j), mean);
      wasm_v128_store(x + j, v);
      squares = wasm_f32x4_add(squares, wasm_f32x4_mul(v, v));
    }
    const float variance = lane_sum(squares) / static_cast<float>(k);
    const v128_t inverse = wasm_f32x4_splat(1.0F / std::sqrt(variance + epsilon));
    for (std::size_t j = 0; j < k; j += 4) {
      const v128_t v = wasm_f32x4_mul(wasm_v128_load(x + j), inverse);
      wasm_v128_store(x + j, wasm_f32x4_add(wasm_f32x4_mul(v, wasm_v128_load(gamma + j)),
                                            wasm_v128_load(beta + j)));
    }
  }
}

}  // namespace mayfly::kernels
