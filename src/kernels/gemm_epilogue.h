// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/gemm_u7s8.h"
#include "kernels/simd.h"

namespace mayfly::kernels {

// Writes acc * (row.scale * column_scale) + (row.min * column_sum + bias) for four columns of a
// row.
inline void store_scaled(v128_t acc, RowScale row, const GemmU7S8& args, size_t column,
                         float* out) {
  const v128_t scale =
      wasm_f32x4_mul(wasm_f32x4_splat(row.scale), wasm_v128_load(args.column_scale + column));
  const v128_t offset = wasm_f32x4_add(
      wasm_f32x4_mul(wasm_f32x4_splat(row.min), wasm_v128_load(args.column_sum + column)),
      wasm_v128_load(args.bias + column));
  wasm_v128_store(out + column,
                  wasm_f32x4_add(wasm_f32x4_mul(wasm_f32x4_convert_i32x4(acc), scale), offset));
}

}  // namespace mayfly::kernels
