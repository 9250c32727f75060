// SPDX-License-Identifier: Apache-2.0
#include "base/sort_numbers.h"

#include <algorithm>

namespace mayfly {

// Straight merge sort from the bottom up (Knuth, TAOCP vol. 3, 5.2.4): runs of `width` numbers
// become runs of twice as many.
void sort_numbers(std::span<std::uint32_t> numbers, NumberOrder precedes) {
  const std::size_t count = numbers.size();
  std::vector<std::uint32_t> merged(count);
  for (std::size_t width = 1; width < count; width *= 2) {
    for (std::size_t begin = 0; begin < count; begin += 2 * width) {
      const std::size_t middle = std::min(count, begin + width);
      const std::size_t end = std::min(count, middle + width);
      std::size_t left = begin, right = middle;
      for (std::size_t at = begin; at < end; ++at) {
        // Of equal ones the left comes first.
        const bool take_right =
            right < end && (left == middle || precedes(numbers[right], numbers[left]));
        merged[at] = numbers[take_right ? right++ : left++];
      }
    }
    std::copy(merged.begin(), merged.end(), numbers.begin());
  }
}

std::vector<std::uint32_t> sorted_order(std::size_t count, NumberOrder precedes) {
  std::vector<std::uint32_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<std::uint32_t>(i);
  sort_numbers(order, precedes);
  return order;
}

}  // namespace mayfly
