// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/kernels.h"

namespace mayfly::kernels {
namespace {

float lane_sum(const float* lanes) { return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]); }

}  // namespace

void add_layer_norm_scalar(float* x, const float* residual, const float* gamma, const float* beta,
                           float epsilon, std::size_t m, std::size_t k) {
  for (std::size_t i = 0; i < m; ++i, x += k, residual += k) {
    float sums[4] = {0.0F, 0.0F, 0.0F, 0.0F};
    for (std::size_t j = 0; j < k; ++j) {
      x[j] = x[j] + residual[j];
      sums[j % 4] += x[j];
    }
    const float mean = lane_sum(sums) / static_cast<float>(k);
    float squares[4] = {0.0F, 0.0F, 0.0F, 0.0F};
    for (std::size_t j = 0; j < k; ++j) {
      x[j] = x[j] - mean;
      squares[j % 4] += x[j] * x[j];
    }
    const float variance = lane_sum(squares) / static_cast<float>(k);
    const float inverse = 1.0F / std::sqrt(variance + epsilon);
    for (std::size_t j = 0; j < k; ++j) x[j] = (x[j] * inverse) * gamma[j] + beta[j];
  }
}

}  // namespace mayfly::kernels
