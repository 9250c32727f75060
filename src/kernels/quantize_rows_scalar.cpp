// SPDX-License-Identifier: Apache-2.0
#include "kernels/quantize_row_scalar.h"

namespace mayfly::kernels {

void quantize_rows_scalar(const QuantizeRows& args) {
  for (std::size_t i = 0; i < args.m; ++i) {
    const float* x = args.x + i * args.x_stride;
    const auto value = [&](std::size_t j) {
      return args.channel_scale != nullptr ? x[j] * args.channel_scale[j] : x[j];
    };
    args.rows[i] = quantize_row_scalar(value, args.k, args.quantized + i * args.k);
  }
}

}  // namespace mayfly::kernels
