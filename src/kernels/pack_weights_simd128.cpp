// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <vector>

#include "kernels/kernels.h"
#include "kernels/pair_blocks.h"

namespace mayfly::kernels {
namespace {

// weights: up to four rows of k. blocks: whole ones of kDepthStep along k, zeroed.
void add_group_sums(const std::int8_t* weights, std::size_t rows, std::size_t k,
                    std::span<GroupSums> blocks) {
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t block = 0; block < blocks.size(); ++block) {
      const std::int8_t* w = weights + row * k + block * kDepthStep;
      std::uint16_t* sums = blocks[block].data() + 4 * row;
      for (std::size_t p = 0; p < kDepthStep; ++p) {
        const std::size_t i = p / 2 % 2;
        sums[2 * i] = static_cast<std::uint16_t>(sums[2 * i] + std::max<int>(w[p], 0));
        sums[2 * i + 1] = static_cast<std::uint16_t>(sums[2 * i + 1] - std::min<int>(w[p], 0));
      }
    }
  }
}

// The panel's flag; writes its order if it has pairs.
std::uint8_t classify(std::span<const GroupSums> blocks, std::uint8_t* order) {
  if (!std::all_of(blocks.begin(), blocks.end(), is_narrow)) return 0;
  if (blocks.size() > kMostOrdered) return 1;
  // At most 128 pairs.
  return static_cast<std::uint8_t>(1 + pair_blocks(blocks, order));
}

}  // namespace

// Panels, for all SIMD variants. Runs once for each weight, when a model is loaded.
void pack_weights_simd128(const std::int8_t* weights, std::size_t n, std::size_t k,
                          std::int8_t* packed) {
  const std::size_t depth = padded_depth(k), panels = padded_rows(n) / kPanelRows;
  auto* flags = reinterpret_cast<std::uint8_t*>(packed + padded_rows(n) * depth);
  std::uint8_t* orders = flags + panels;
  std::memset(packed, 0, padded_rows(n) * depth);
  std::vector<GroupSums> blocks(depth / kDepthStep);
  for (std::size_t panel = 0; panel < panels; ++panel) {
    const std::size_t first = panel * kPanelRows, rows = std::min(kPanelRows, n - first);
    for (std::size_t row = 0; row < rows; ++row) {
      std::int8_t* out = packed + first * depth + row * 4;
      for (std::size_t p = 0; p < k; p += 4, out += 4 * kPanelRows) {
        std::memcpy(out, weights + (first + row) * k + p, std::min<std::size_t>(4, k - p));
      }
    }
    // The half block at the end of a k that is no multiple of 16 is not looked at: at most four
    // weights of a sign in a group could be 127 each. Such panels take the wide way.
    flags[panel] = 0;
    if (k != depth) continue;
    std::fill(blocks.begin(), blocks.end(), GroupSums{});
    add_group_sums(weights + first * k, rows, k, blocks);
    flags[panel] = classify(blocks, orders + panel * blocks.size());
  }
}

}  // namespace mayfly::kernels
