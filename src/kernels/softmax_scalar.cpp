// SPDX-License-Identifier: Apache-2.0
#include "kernels/exp_f32.h"
#include "kernels/kernels.h"

namespace mayfly::kernels {

void softmax_scalar(float* x, std::size_t m, std::size_t n, std::size_t stride) {
  for (std::size_t i = 0; i < m; ++i, x += stride) {
    float highest = x[0];
    for (std::size_t j = 1; j < n; ++j) highest = highest < x[j] ? x[j] : highest;
    float sums[4] = {0.0F, 0.0F, 0.0F, 0.0F};
    for (std::size_t j = 0; j < n; ++j) {
      x[j] = exp_nonpositive(x[j] - highest);
      sums[j % 4] += x[j];
    }
    const float inverse = 1.0F / ((sums[0] + sums[1]) + (sums[2] + sums[3]));
    for (std::size_t j = 0; j < n; ++j) x[j] = x[j] * inverse;
    for (std::size_t j = n; j < stride; ++j) x[j] = 0.0F;
  }
}

}  // namespace mayfly::kernels
