// SPDX-License-Identifier: Apache-2.0
#include "kernels/gelu_f32.h"
#include "kernels/quantize_row_scalar.h"

namespace mayfly::kernels {

void gelu_quantize_rows_scalar(const GeluQuantizeRows& args) {
  for (std::size_t i = 0; i < args.m; ++i) {
    float* x = args.x + i * args.k;
    for (std::size_t j = 0; j < args.k; ++j) x[j] = gelu(x[j]);
    const auto value = [x](std::size_t j) { return x[j]; };
    args.rows[i] = quantize_row_scalar(value, args.k, args.quantized + i * args.k);
  }
}

}  // namespace mayfly::kernels
