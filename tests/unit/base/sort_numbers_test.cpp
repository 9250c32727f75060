// SPDX-License-Identifier: Apache-2.0
#include "base/sort_numbers.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <random>
#include <vector>

namespace mayfly {

TEST_CASE("numbers are sorted as the standard library's stable sort does", "[base]") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (std::size_t count = 0; count < 70; ++count) {
    CAPTURE(count);
    std::vector<std::uint32_t> numbers;
    for (std::size_t i = 0; i < count; ++i)
      numbers.push_back(static_cast<std::uint32_t>(random() % 1000));
    const auto precedes = [](std::uint32_t a, std::uint32_t b) { return a % 20 < b % 20; };
    std::vector<std::uint32_t> expected = numbers;
    std::stable_sort(expected.begin(), expected.end(), precedes);
    sort_numbers(numbers, precedes);
    CHECK(numbers == expected);
  }
}

TEST_CASE("things keep their order where they are equal, and numbers say where each goes",
          "[base]") {
  const char* const words[] = {"bb", "a", "ba", "ab", "b"};
  const auto order =
      sorted_order(5, [&](std::uint32_t a, std::uint32_t b) { return words[a][0] < words[b][0]; });
  CHECK(order == std::vector<std::uint32_t>{1, 3, 0, 2, 4});
  CHECK(sorted_order(0, [](std::uint32_t, std::uint32_t) { return true; }).empty());
}

TEST_CASE("the first in an order are those of the whole order", "[base]") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (const std::size_t count : {0, 1, 50, 400, 3000}) {
    std::vector<std::uint32_t> keys;
    for (std::size_t i = 0; i < count; ++i)
      keys.push_back(static_cast<std::uint32_t>(random() % 300));
    if (count == 3000) std::sort(keys.rbegin(), keys.rend());  // each comes before all so far
    const auto precedes = [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; };
    std::vector<std::uint32_t> expected(count);
    for (std::size_t i = 0; i < count; ++i) expected[i] = static_cast<std::uint32_t>(i);
    std::stable_sort(expected.begin(), expected.end(), precedes);
    for (const std::size_t limit : {0, 1, 10, 100, 4000}) {
      CAPTURE(count, limit);
      const std::size_t kept = std::min(limit, count);
      CHECK(
          first_in_order(count, limit, precedes) ==
          std::vector<std::uint32_t>(expected.begin(), expected.begin() + static_cast<long>(kept)));
    }
  }
}

TEST_CASE("numbers in order take one comparison each", "[base]") {
  std::size_t comparisons = 0;
  sorted_order(1000, [&](std::uint32_t a, std::uint32_t b) { return ++comparisons, a < b; });
  CHECK(comparisons < 1000);
}

}  // namespace mayfly
