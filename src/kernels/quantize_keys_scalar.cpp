// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/attention_scale.h"
#include "kernels/kernels.h"
#include "kernels/rounding.h"

namespace mayfly::kernels {
namespace {

float larger(float a, float b) { return a < b ? b : a; }

// Of one row. The groups' sums are made in the order of the SIMD form: along the quads, then the
// two neighbours.
float row_scale(const float* x, std::size_t k) {
  float largest = 0.0F, group = 0.0F;
  for (std::size_t block = 0; block < k; block += kDepthStep) {
    float positive[4] = {0, 0, 0, 0}, negative[4] = {0, 0, 0, 0};
    for (std::size_t j = block; j < block + kDepthStep && j < k; ++j) {
      positive[j % 4] += larger(x[j], 0.0F);
      negative[j % 4] += larger(-x[j], 0.0F);
      largest = larger(largest, std::fabs(x[j]));
    }
    for (int i = 0; i < 4; i += 2) {
      group = larger(group, larger(positive[i] + positive[i + 1], negative[i] + negative[i + 1]));
    }
  }
  return narrow_scale(largest, group);
}

}  // namespace

void quantize_keys_scalar(const QuantizeKeys& args) {
  for (std::size_t i = 0; i < padded_rows(args.n); ++i) {
    const float* x = args.x + i * args.x_stride;
    const float scale = i < args.n ? row_scale(x, args.k) : 0.0F;
    const float inverse = inverse_or_zero(scale);
    std::int32_t sum = 0;
    for (std::size_t j = 0; j < args.k; ++j) {
      const std::int8_t q = i < args.n ? round_to_int8(x[j] * inverse) : std::int8_t{0};
      args.packed[i * args.k + j] = q;
      sum += q;
    }
    args.scale[i] = scale;
    args.sum[i] = scale * static_cast<float>(sum);
  }
}

}  // namespace mayfly::kernels
