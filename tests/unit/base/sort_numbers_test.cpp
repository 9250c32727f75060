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

}  // namespace mayfly
