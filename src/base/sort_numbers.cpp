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
      const bool in_order = middle == end || !precedes(numbers[middle], numbers[middle - 1]);
      for (std::size_t at = begin; at < end; ++at) {
        // Of equal ones the left comes first.
        const bool take_right =
            left == middle || (!in_order && right < end && precedes(numbers[right], numbers[left]));
        merged[at] = numbers[take_right ? right++ : left++];
      }
    }
    std::copy(merged.begin(), merged.end(), numbers.begin());
  }
}

void sort_ascending(std::span<std::uint32_t> numbers) {
  sort_numbers(numbers, [](std::uint32_t a, std::uint32_t b) { return a < b; });
}

std::vector<std::uint32_t> sorted_order(std::size_t count, NumberOrder precedes) {
  std::vector<std::uint32_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<std::uint32_t>(i);
  sort_numbers(order, precedes);
  return order;
}

std::vector<std::uint32_t> first_in_order(std::size_t count, std::size_t limit,
                                          NumberOrder precedes) {
  // The first `limit` of those so far, behind which candidates gather until it is worth sorting.
  std::vector<std::uint32_t> numbers;
  bool is_full = false;
  for (std::size_t i = 0; i < count && limit > 0; ++i) {
    const auto number = static_cast<std::uint32_t>(i);
    if (is_full && !precedes(number, numbers[limit - 1])) continue;
    numbers.push_back(number);
    if (numbers.size() / 2 < std::max<std::size_t>(limit, 32)) continue;
    sort_numbers(numbers, precedes);
    numbers.resize(limit);
    is_full = true;
  }
  sort_numbers(numbers, precedes);
  numbers.resize(std::min(limit, numbers.size()));
  return numbers;
}

}  // namespace mayfly
