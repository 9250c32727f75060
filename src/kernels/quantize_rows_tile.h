// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/exp_f32.h"
#include "kernels/kernels.h"
#include "kernels/simd.h"

namespace mayfly::kernels {

struct RowRange {
  float low, high;
};

template <bool kScaled>
inline v128_t load_scaled(const float* x, const float* channel_scale, std::size_t j) {
  const v128_t v = wasm_v128_load(x + j);
  return kScaled ? wasm_f32x4_mul(v, wasm_v128_load(channel_scale + j)) : v;
}

template <bool kScaled>
inline RowRange row_range(const float* x, const float* channel_scale, std::size_t k) {
  v128_t low0 = load_scaled<kScaled>(x, channel_scale, 0), high0 = low0;
  v128_t low1 = load_scaled<kScaled>(x, channel_scale, 4), high1 = low1;
  for (std::size_t j = 8; j < k; j += 8) {
    const v128_t v0 = load_scaled<kScaled>(x, channel_scale, j);
    const v128_t v1 = load_scaled<kScaled>(x, channel_scale, j + 4);
    low0 = wasm_f32x4_pmin(low0, v0);
    high0 = wasm_f32x4_pmax(high0, v0);
    low1 = wasm_f32x4_pmin(low1, v1);
    high1 = wasm_f32x4_pmax(high1, v1);
  }
  float low[4], high[4];
  wasm_v128_store(low, wasm_f32x4_pmin(low0, low1));
  wasm_v128_store(high, wasm_f32x4_pmax(high0, high1));
  RowRange range{low[0], high[0]};
  for (int lane = 1; lane < 4; ++lane) {
    range.low = low[lane] < range.low ? low[lane] : range.low;
    range.high = range.high < high[lane] ? high[lane] : range.high;
  }
  return range;
}

// Rows of k values; `store` writes 8 quantized ones, an i16x8 of 0..127, at element j of a row.
template <bool kScaled, typename Store>
inline void quantize_rows_simd(const float* x, const float* channel_scale, std::size_t m,
                               std::size_t k, RowScale* rows, Store store) {
  const v128_t magic = wasm_f32x4_splat(kRoundMagic);
  const v128_t mask = wasm_i32x4_splat(127);
  for (std::size_t i = 0; i < m; ++i, x += k) {
    const RowRange r = row_range<kScaled>(x, channel_scale, k);
    const float range = r.high - r.low;
    const v128_t inverse = wasm_f32x4_splat(range > 0.0F ? 127.0F / range : 0.0F);
    const v128_t low = wasm_f32x4_splat(r.low);
    for (std::size_t j = 0; j < k; j += 8) {
      const v128_t v0 = wasm_f32x4_sub(load_scaled<kScaled>(x, channel_scale, j), low);
      const v128_t v1 = wasm_f32x4_sub(load_scaled<kScaled>(x, channel_scale, j + 4), low);
      const v128_t q0 = wasm_v128_and(wasm_f32x4_add(wasm_f32x4_mul(v0, inverse), magic), mask);
      const v128_t q1 = wasm_v128_and(wasm_f32x4_add(wasm_f32x4_mul(v1, inverse), magic), mask);
      store(i * k + j, wasm_i16x8_narrow_i32x4(q0, q1));
    }
    rows[i] = {range / 127.0F, r.low};
  }
}

}  // namespace mayfly::kernels
