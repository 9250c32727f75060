// SPDX-License-Identifier: Apache-2.0
#include "kernels/exp_u11.h"
#include "kernels/kernels.h"

namespace mayfly::kernels {

void softmax_u11_scalar(const SoftmaxU11& args) {
  for (std::size_t i = 0; i < args.m; ++i) {
    const float* x = args.x + i * args.stride;
    std::int16_t* weights = args.weights + i * args.n;
    float highest = x[0];
    for (std::size_t j = 1; j < args.n; ++j) highest = highest < x[j] ? x[j] : highest;
    std::int32_t sum = 0;
    for (std::size_t j = 0; j < args.n; ++j) {
      weights[j] = exp_u11(x[j] - highest);
      sum += weights[j];
    }
    args.rows[i] = {1.0F / static_cast<float>(sum), 0.0F};
  }
}

}  // namespace mayfly::kernels
