// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"

namespace mayfly::kernels {

void sum_int4_rows_scalar(const SumInt4Rows& args) {
  for (std::size_t i = 0; i < args.count; ++i) {
    const auto id = static_cast<std::size_t>(args.ids[i]);
    const std::uint8_t* row = args.rows + id * (args.dim / 2);
    const float scale = args.scales[id];
    for (std::size_t j = 0; j < args.dim; ++j) {
      const int code = j % 2 == 0 ? row[j / 2] & 15 : row[j / 2] >> 4;
      args.sum[j] = args.sum[j] + scale * static_cast<float>(code - 8);
    }
  }
}

}  // namespace mayfly::kernels
