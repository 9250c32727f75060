// SPDX-License-Identifier: Apache-2.0
#include "base/checked.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>

using mayfly::checked_multiply;
using mayfly::checked_size;

TEST_CASE("a checked product is exact up to the largest value and an error beyond", "[base]") {
  constexpr auto kMax = std::numeric_limits<std::uint64_t>::max();
  CHECK(checked_multiply<std::uint64_t>(3, 5) == 15);
  CHECK(checked_multiply<std::uint64_t>(kMax, 1) == kMax);
  CHECK(checked_multiply<std::uint64_t>(kMax, 0) == 0);
  CHECK(checked_multiply<std::uint64_t>(kMax / 3, 3) == kMax);
  CHECK_THROWS_AS(checked_multiply<std::uint64_t>(kMax / 3 + 1, 3), mayfly::Error);
  CHECK_THROWS_AS(checked_multiply<std::uint64_t>(std::uint64_t{1} << 32, std::uint64_t{1} << 32),
                  mayfly::Error);
  CHECK_THROWS_AS(checked_multiply<std::uint32_t>(65536, 65536), mayfly::Error);
}

TEST_CASE("a 64-bit size becomes a size_t only where it fits", "[base]") {
  constexpr std::uint64_t kLargest = std::numeric_limits<std::size_t>::max();
  CHECK(checked_size(0) == 0);
  CHECK(checked_size(kLargest) == kLargest);
  if constexpr (sizeof(std::size_t) < sizeof(std::uint64_t)) {
    CHECK_THROWS_AS(checked_size(kLargest + 1), mayfly::Error);
    CHECK_THROWS_AS(checked_size((std::uint64_t{1} << 32) + 16), mayfly::Error);
  }
}
