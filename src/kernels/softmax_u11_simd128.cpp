// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "kernels/activation_panels.h"
#include "kernels/exp_u11.h"
#include "kernels/kernels.h"

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

// The values beyond n are set to the lowest float first: they become exact zeros, so that whole
// vectors can be used throughout.
void softmax_u11_simd128(const SoftmaxU11& args) {
  auto* weights = reinterpret_cast<std::uint8_t*>(args.weights);
  for (std::size_t i = 0; i < args.m; ++i) {
    float* x = args.x + i * args.stride;
    for (std::size_t j = args.n; j < args.stride; ++j) x[j] = std::numeric_limits<float>::lowest();
    const v128_t highest = wasm_f32x4_splat(row_max(x, args.stride));
    const auto weights_at = [&](std::size_t j) {
      return exp_u11(wasm_f32x4_sub(wasm_v128_load(x + j), highest));
    };
    v128_t sum = wasm_i32x4_splat(0);
    for (std::size_t j = 0; j < args.stride; j += kDepthStep) {
      const v128_t q0 = weights_at(j), q1 = weights_at(j + 4), q2 = weights_at(j + 8),
                   q3 = weights_at(j + 12);
      sum = wasm_i32x4_add(sum, wasm_i32x4_add(wasm_i32x4_add(q0, q1), wasm_i32x4_add(q2, q3)));
      WordPanels::store16(weights, i, args.stride, j, q0, q1, q2, q3);
    }
    const std::int32_t total = (wasm_i32x4_extract_lane(sum, 0) + wasm_i32x4_extract_lane(sum, 1)) +
                               (wasm_i32x4_extract_lane(sum, 2) + wasm_i32x4_extract_lane(sum, 3));
    args.rows[i] = {1.0F / static_cast<float>(total), 0.0F};
  }
}

}  // namespace mayfly::kernels
