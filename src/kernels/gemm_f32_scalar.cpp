// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"

namespace mayfly::kernels {

void gemm_f32_scalar(const GemmF32& args) {
  for (std::size_t i = 0; i < args.m; ++i) {
    for (std::size_t j = 0; j < args.n; ++j) {
      float sum = 0.0F;
      for (std::size_t p = 0; p < args.k; ++p) {
        sum = sum + args.a[i * args.a_stride + p] * args.b[p * args.b_stride + j];
      }
      args.c[i * args.c_stride + j] = sum;
    }
  }
}

}  // namespace mayfly::kernels
