// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"

namespace mayfly::kernels {

std::int32_t dot_s16s8_scalar(const std::int16_t* a, const std::int8_t* b, std::size_t n) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace mayfly::kernels
