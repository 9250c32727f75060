// SPDX-License-Identifier: Apache-2.0
#include "kernels/hamming_rows.h"

namespace mayfly::kernels {

void hamming_rows_scalar(const HammingRows& args) {
  for (std::size_t j = 0; j < args.count; ++j) {
    const std::uint64_t* row = args.rows + j * args.words;
    int sum = 0;
    for (std::size_t i = 0; i < args.words; ++i) sum += __builtin_popcountll(args.a[i] ^ row[i]);
    args.out[j] = static_cast<std::uint16_t>(sum);
  }
}

}  // namespace mayfly::kernels
