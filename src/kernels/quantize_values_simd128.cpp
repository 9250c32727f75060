// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include "kernels/attention_scale.h"
#include "kernels/kernels.h"
#include "kernels/rounding.h"

namespace mayfly::kernels {
namespace {

// Of four channels, one per lane.
inline v128_t channel_scales(const float* x, std::size_t stride, std::size_t k) {
  v128_t largest = wasm_f32x4_splat(0.0F);
  for (std::size_t t = 0; t < k; ++t) {
    largest = wasm_f32x4_pmax(largest, wasm_f32x4_abs(wasm_v128_load(x + t * stride)));
  }
  return wasm_f32x4_div(largest, wasm_f32x4_splat(127.0F));
}

// Four tokens of four channels, from [token][channel] to the panel's [channel][token].
inline v128_t transposed(v128_t t0, v128_t t1, v128_t t2, v128_t t3) {
  const v128_t bytes =
      wasm_i8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(t0, t1), wasm_i16x8_narrow_i32x4(t2, t3));
  return wasm_i8x16_shuffle(bytes, bytes, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
}

}  // namespace

void quantize_values_simd128(const QuantizeValues& args) {
  const std::size_t depth = padded_depth(args.k);
  for (std::size_t channel = 0; channel < args.n; channel += kPanelRows) {
    const float* x = args.x + channel;
    const v128_t scale = channel_scales(x, args.x_stride, args.k);
    wasm_v128_store(args.scale + channel, scale);
    const v128_t inverse = wasm_v128_and(wasm_f32x4_div(wasm_f32x4_splat(1.0F), scale),
                                         wasm_f32x4_gt(scale, wasm_f32x4_splat(kSmallestScale)));
    const auto quantized = [&](std::size_t t) {
      if (t >= args.k) return wasm_i32x4_splat(0);
      return round_to_int32(wasm_f32x4_mul(wasm_v128_load(x + t * args.x_stride), inverse));
    };
    std::int8_t* out = args.packed + channel * depth;
    for (std::size_t t = 0; t < depth; t += 4, out += 16) {
      wasm_v128_store(
          out, transposed(quantized(t), quantized(t + 1), quantized(t + 2), quantized(t + 3)));
    }
  }
  // gemm_s16s8 does not ask whether panels are narrow.
  std::memset(args.packed + args.n * depth, 0, args.n / kPanelRows);
}

}  // namespace mayfly::kernels
