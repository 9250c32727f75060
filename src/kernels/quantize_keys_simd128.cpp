// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include "kernels/attention_scale.h"
#include "kernels/kernels.h"
#include "kernels/rounding.h"

namespace mayfly::kernels {
namespace {

inline float largest_lane(v128_t v) {
  const float a = wasm_f32x4_extract_lane(v, 0), b = wasm_f32x4_extract_lane(v, 1);
  const float c = wasm_f32x4_extract_lane(v, 2), d = wasm_f32x4_extract_lane(v, 3);
  const float left = a < b ? b : a, right = c < d ? d : c;
  return left < right ? right : left;
}

// Of one row, see attention_scale.h. A block's sums are made lane by lane along its four quads; a
// group is two neighbouring lanes.
inline float row_scale(const float* x, std::size_t k) {
  const v128_t zero = wasm_f32x4_splat(0.0F);
  v128_t largest = zero, group = zero;
  for (std::size_t block = 0; block < k; block += kDepthStep) {
    v128_t positive = zero, negative = zero;
    for (std::size_t j = block; j < block + kDepthStep && j < k; j += 4) {
      const v128_t v = wasm_v128_load(x + j);
      positive = wasm_f32x4_add(positive, wasm_f32x4_pmax(v, zero));
      negative = wasm_f32x4_add(negative, wasm_f32x4_pmax(wasm_f32x4_neg(v), zero));
      largest = wasm_f32x4_pmax(largest, wasm_f32x4_abs(v));
    }
    const v128_t sums = wasm_f32x4_add(wasm_i32x4_shuffle(positive, negative, 0, 2, 4, 6),
                                       wasm_i32x4_shuffle(positive, negative, 1, 3, 5, 7));
    group = wasm_f32x4_pmax(group, sums);
  }
  return narrow_scale(largest_lane(largest), largest_lane(group));
}

// Writes the row's quads, 16 bytes apart; returns the sum of its values.
inline std::int32_t quantize_row(const float* x, std::size_t k, float scale, std::int8_t* out) {
  const v128_t inverse = wasm_f32x4_splat(inverse_or_zero(scale));
  v128_t sum = wasm_i32x4_splat(0);
  for (std::size_t j = 0; j < k; j += 4, out += 4 * kPanelRows) {
    const v128_t q = round_to_int32(wasm_f32x4_mul(wasm_v128_load(x + j), inverse));
    const v128_t words = wasm_i16x8_narrow_i32x4(q, q);
    wasm_v128_store32_lane(out, wasm_i8x16_narrow_i16x8(words, words), 0);
    sum = wasm_i32x4_add(sum, q);
  }
  // Without a sign: values that are not finite give garbage, which must not overflow.
  std::uint32_t total = 0;
  std::int32_t lanes[4];
  wasm_v128_store(lanes, sum);
  for (const std::int32_t lane : lanes) total += static_cast<std::uint32_t>(lane);
  return static_cast<std::int32_t>(total);
}

}  // namespace

void quantize_keys_simd128(const QuantizeKeys& args) {
  const std::size_t depth = padded_depth(args.k), rows = padded_rows(args.n);
  if (depth != args.k || rows != args.n) std::memset(args.packed, 0, rows * depth);
  for (std::size_t i = 0; i < rows; ++i) {
    args.scale[i] = args.sum[i] = 0.0F;
    if (i >= args.n) continue;
    const float* x = args.x + i * args.x_stride;
    std::int8_t* out = args.packed + (i - i % kPanelRows) * depth + 4 * (i % kPanelRows);
    args.scale[i] = row_scale(x, args.k);
    args.sum[i] = args.scale[i] * static_cast<float>(quantize_row(x, args.k, args.scale[i], out));
  }
  std::memset(args.packed + rows * depth, 1, rows / kPanelRows);  // every panel is narrow
}

}  // namespace mayfly::kernels
