// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/kernels.h"

namespace mayfly::kernels {

template <typename Activation>
void gemm_scalar(const Gemm<Activation>& args) {
  for (std::size_t i = 0; i < args.m; ++i) {
    const Activation* q = args.activations + i * args.k;
    const RowScale row = args.rows[i];
    for (std::size_t j = 0; j < args.n; ++j) {
      const std::int8_t* w = args.weights + j * args.k;
      std::int32_t acc = 0;
      for (std::size_t p = 0; p < args.k; ++p) acc += q[p] * w[p];
      args.out[i * args.out_stride + j] =
          static_cast<float>(acc) * (row.scale * args.column_scale[j]) +
          (row.min * args.column_sum[j] + args.bias[j]);
    }
  }
}

}  // namespace mayfly::kernels
