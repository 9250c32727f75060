// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/activation_panels.h"
#include "kernels/gelu_f32.h"
#include "kernels/kernels.h"
#include "kernels/rounding.h"

namespace mayfly::kernels {

// Lowest and highest of the values that went in.
class RowRange {
 public:
  explicit RowRange(v128_t first) : low_(first), high_(first) {}
  void add(v128_t values) {
    low_ = wasm_f32x4_pmin(low_, values);
    high_ = wasm_f32x4_pmax(high_, values);
  }
  void add(const RowRange& other) {
    low_ = wasm_f32x4_pmin(low_, other.low_);
    high_ = wasm_f32x4_pmax(high_, other.high_);
  }
  float low() const {
    float lanes[4];
    wasm_v128_store(lanes, low_);
    for (int lane = 1; lane < 4; ++lane) lanes[0] = lanes[lane] < lanes[0] ? lanes[lane] : lanes[0];
    return lanes[0];
  }
  float high() const {
    float lanes[4];
    wasm_v128_store(lanes, high_);
    for (int lane = 1; lane < 4; ++lane) lanes[0] = lanes[0] < lanes[lane] ? lanes[lane] : lanes[0];
    return lanes[0];
  }

 private:
  v128_t low_, high_;
};

// One row of k values, k a multiple of 8, that load(j) gives by four; both passes ask for each
// once.
template <typename Panels, typename FirstLoad, typename Load>
inline RowScale quantize_row(FirstLoad first_load, Load load, std::size_t row, std::size_t k,
                             std::uint8_t* quantized) {
  RowRange range(first_load(0)), odd(first_load(4));
  for (std::size_t j = 8; j < k; j += 8) {
    range.add(first_load(j));
    odd.add(first_load(j + 4));
  }
  range.add(odd);
  const float width = range.high() - range.low();
  const v128_t inverse = wasm_f32x4_splat(width > 0.0F ? 127.0F / width : 0.0F);
  const v128_t low = wasm_f32x4_splat(range.low());
  const auto quantize = [&](std::size_t j) {
    return round_to_u7(wasm_f32x4_mul(wasm_f32x4_sub(load(j), low), inverse));
  };
  const std::size_t depth = padded_depth(k);
  const std::size_t whole = k / kDepthStep * kDepthStep;
  for (std::size_t j = 0; j < whole; j += kDepthStep) {
    Panels::store16(quantized, row, depth, j, quantize(j), quantize(j + 4), quantize(j + 8),
                    quantize(j + 12));
  }
  if (whole < k) {
    const v128_t zero = wasm_i32x4_splat(0);
    Panels::store16(quantized, row, depth, whole, quantize(whole), quantize(whole + 4), zero, zero);
  }
  return {width / 127.0F, range.low()};
}

template <typename Panels>
inline void quantize_rows_in(const QuantizeRows& args) {
  for (std::size_t i = 0; i < args.m; ++i) {
    const float* x = args.x + i * args.x_stride;
    const float* scale = args.channel_scale;
    const auto plain = [x](std::size_t j) { return wasm_v128_load(x + j); };
    const auto scaled = [x, scale](std::size_t j) {
      return wasm_f32x4_mul(wasm_v128_load(x + j), wasm_v128_load(scale + j));
    };
    args.rows[i] = scale != nullptr
                       ? quantize_row<Panels>(scaled, scaled, i, args.k, args.quantized)
                       : quantize_row<Panels>(plain, plain, i, args.k, args.quantized);
  }
}

template <typename Panels>
inline void gelu_quantize_rows_in(const GeluQuantizeRows& args) {
  for (std::size_t i = 0; i < args.m; ++i) {
    float* x = args.x + i * args.k;
    const auto activate = [x](std::size_t j) {
      const v128_t value = gelu(wasm_v128_load(x + j));
      wasm_v128_store(x + j, value);
      return value;
    };
    const auto load = [x](std::size_t j) { return wasm_v128_load(x + j); };
    args.rows[i] = quantize_row<Panels>(activate, load, i, args.k, args.quantized);
  }
}

}  // namespace mayfly::kernels
