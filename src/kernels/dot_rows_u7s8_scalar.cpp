// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"

namespace mayfly::kernels {

void dot_rows_u7s8_scalar(const DotRowsU7S8& args) {
  for (std::size_t j = 0; j < args.count; ++j) {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < args.n; ++i) sum += args.a[i] * args.rows[j][i];
    args.out[j] = sum;
  }
}

}  // namespace mayfly::kernels
