// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>

#include "kernels/kernels.h"

namespace mayfly::kernels {
namespace {

// True when every group of eight (gemm_u7s8.h) of a padded row keeps within kNarrowSum.
bool is_narrow(const std::int8_t* row, std::size_t depth) {
  bool narrow = true;
  for (std::size_t block = 0; block < depth; block += kDepthStep) {
    int positive[2] = {0, 0}, negative[2] = {0, 0};
    for (std::size_t p = 0; p < kDepthStep; ++p) {
      const int weight = row[block + p];
      positive[p / 2 % 2] += std::max(weight, 0);
      negative[p / 2 % 2] -= std::min(weight, 0);
    }
    narrow &= std::max(std::max(positive[0], positive[1]), std::max(negative[0], negative[1])) <=
              kNarrowSum;
  }
  return narrow;
}

}  // namespace

// Panels, for all SIMD variants. Runs once for each weight, when a model is loaded.
void pack_weights_simd128(const std::int8_t* weights, std::size_t n, std::size_t k,
                          std::int8_t* packed) {
  const std::size_t depth = padded_depth(k);
  std::int8_t* flags = packed + padded_rows(n) * depth;
  std::memset(packed, 0, padded_rows(n) * depth);
  for (std::size_t panel = 0; panel < padded_rows(n); panel += kPanelRows) {
    bool narrow = true;
    std::int8_t* const begin = packed + panel * depth;
    for (std::size_t row = panel; row < std::min(panel + kPanelRows, n); ++row) {
      std::int8_t* out = begin + (row - panel) * 4;
      for (std::size_t p = 0; p < k; p += 4, out += 4 * kPanelRows) {
        std::memcpy(out, weights + row * k + p, std::min<std::size_t>(4, k - p));
      }
      narrow = narrow && is_narrow(weights + row * k, k / kDepthStep * kDepthStep);
    }
    // The half block at the end of a k that is no multiple of 16 is not looked at: at most four
    // weights of a sign in a group could be 127 each. Such panels take the wide way.
    flags[panel / kPanelRows] = narrow && k == depth ? 1 : 0;
  }
}

}  // namespace mayfly::kernels
