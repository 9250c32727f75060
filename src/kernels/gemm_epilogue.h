// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/gemm_u7s8.h"
#include "kernels/simd.h"

namespace mayfly::kernels {

// Writes acc * (row.scale * column_scale) + (row.min * column_sum + bias) for four columns of up to
// four rows.
class Epilogue {
 public:
  template <typename Activation>
  Epilogue(const Gemm<Activation>& args, size_t row, size_t column)
      : scale_(wasm_v128_load(args.column_scale + column)),
        sum_(wasm_v128_load(args.column_sum + column)),
        bias_(wasm_v128_load(args.bias + column)),
        rows_(args.rows + row),
        out_(args.out + row * args.out_stride + column),
        stride_(args.out_stride) {}

  void store(size_t row, v128_t acc) const {
    const v128_t scale = wasm_f32x4_mul(wasm_f32x4_splat(rows_[row].scale), scale_);
    const v128_t offset =
        wasm_f32x4_add(wasm_f32x4_mul(wasm_f32x4_splat(rows_[row].min), sum_), bias_);
    wasm_v128_store(out_ + row * stride_,
                    wasm_f32x4_add(wasm_f32x4_mul(wasm_f32x4_convert_i32x4(acc), scale), offset));
  }

 private:
  v128_t scale_, sum_, bias_;
  const RowScale* rows_;
  float* out_;
  size_t stride_;
};

}  // namespace mayfly::kernels
