// SPDX-License-Identifier: Apache-2.0
#include "kernels/pair_blocks.h"

#include <algorithm>

namespace mayfly::kernels {
namespace {

bool fit_together(const GroupSums& a, const GroupSums& b) {
  int largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, a[i] + b[i]);
  return largest <= kNarrowSum;
}

}  // namespace

bool is_narrow(const GroupSums& sums) {
  return *std::max_element(sums.begin(), sums.end()) <= kNarrowSum;
}

std::size_t pair_blocks(std::span<const GroupSums> blocks, std::uint8_t* order) {
  std::array<std::uint16_t, kMostOrdered> largest;
  std::array<std::uint8_t, kMostOrdered> sorted, singles;
  // Insertion: of equal ones the first stays first, so the order is the same everywhere.
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    largest[i] = *std::max_element(blocks[i].begin(), blocks[i].end());
    std::size_t place = i;
    for (; place > 0 && largest[sorted[place - 1]] < largest[i]; --place) {
      sorted[place] = sorted[place - 1];
    }
    sorted[place] = static_cast<std::uint8_t>(i);
  }
  std::size_t left = blocks.size(), pairs = 0, alone = 0;
  const auto take = [&](std::size_t place) {
    const std::uint8_t block = sorted[place];
    std::copy(sorted.begin() + place + 1, sorted.begin() + left--, sorted.begin() + place);
    return block;
  };
  while (left > 0) {
    const std::uint8_t first = take(0);
    std::size_t place = 0;
    while (place < left && !fit_together(blocks[first], blocks[sorted[place]])) ++place;
    if (place == left) {
      singles[alone++] = first;
    } else {
      order[2 * pairs] = first;
      order[2 * pairs++ + 1] = take(place);
    }
  }
  std::copy(singles.begin(), singles.begin() + alone, order + 2 * pairs);
  return pairs;
}

}  // namespace mayfly::kernels
