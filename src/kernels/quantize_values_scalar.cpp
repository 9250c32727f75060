// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/attention_scale.h"
#include "kernels/kernels.h"
#include "kernels/rounding.h"

namespace mayfly::kernels {
namespace {

float channel_scale(const float* x, std::size_t stride, std::size_t k) {
  float largest = 0.0F;
  for (std::size_t t = 0; t < k; ++t) {
    const float magnitude = std::fabs(x[t * stride]);
    largest = largest < magnitude ? magnitude : largest;
  }
  return largest / 127.0F;
}

}  // namespace

void quantize_values_scalar(const QuantizeValues& args) {
  for (std::size_t channel = 0; channel < args.n; ++channel) {
    const float* x = args.x + channel;
    const float scale = channel_scale(x, args.x_stride, args.k);
    const float inverse = inverse_or_zero(scale);
    for (std::size_t t = 0; t < args.k; ++t) {
      args.packed[channel * args.k + t] = round_to_int8(x[t * args.x_stride] * inverse);
    }
    args.scale[channel] = scale;
  }
}

}  // namespace mayfly::kernels
