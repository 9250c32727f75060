// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "kernels/exp_f32.h"
#include "kernels/kernels.h"
#include "kernels/simd.h"

namespace mayfly::kernels {
namespace {

inline float row_max(const float* x, std::size_t stride) {
  v128_t highest = wasm_v128_load(x);
  for (std::size_t j = 4; j < stride; j += 4) {
    highest = wasm_f32x4_pmax(highest, wasm_v128_load(x + j));
  }
  float lanes[4];
  wasm_v128_store(lanes, highest);
  float result = lanes[0];
  for (int lane = 1; lane < 4; ++lane) result = result < lanes[lane] ? lanes[lane] : result;
  return result;
}

}  // namespace

// The values beyond n are set to the lowest float first: exp makes them exact zeros, which change
// no sum, so that whole vectors can be used throughout.
void softmax_simd128(float* x, std::size_t m, std::size_t n, std::size_t stride) {
  for (std::size_t i = 0; i < m; ++i, x += stride) {
    for (std::size_t j = n; j < stride; ++j) x[j] = std::numeric_limits<float>::lowest();
    const v128_t highest = wasm_f32x4_splat(row_max(x, stride));
    v128_t sum = wasm_f32x4_splat(0.0F);
    for (std::size_t j = 0; j < stride; j += 4) {
      const v128_t e = exp_nonpositive(wasm_f32x4_sub(wasm_v128_load(x + j), highest));
      wasm_v128_store(x + j, e);
      sum = wasm_f32x4_add(sum, e);
    }
    const float total = (wasm_f32x4_extract_lane(sum, 0) + wasm_f32x4_extract_lane(sum, 1)) +
                        (wasm_f32x4_extract_lane(sum, 2) + wasm_f32x4_extract_lane(sum, 3));
    const v128_t inverse = wasm_f32x4_splat(1.0F / total);
    for (std::size_t j = 0; j < stride; j += 4) {
      wasm_v128_store(x + j, wasm_f32x4_mul(wasm_v128_load(x + j), inverse));
    }
  }
}

}  // namespace mayfly::kernels
