// SPDX-License-Identifier: Apache-2.0
// The oracle counts bit by bit.
#include "kernels/sign_order.h"

#include <bit>
#include <catch2/catch.hpp>
#include <vector>

#include "base/zeroing_allocator.h"
#include "kernels/random_values.h"

namespace mayfly::kernels {
namespace {

constexpr std::uint32_t kSeed = 20261127;
constexpr std::size_t kRows = 128;

bool bit(const std::uint64_t* plane, std::size_t row) {
  return (plane[row / 64] >> (row % 64) & 1U) != 0;
}

}  // namespace

TEST_CASE("sign_order numbers rows by how many of their bits differ from a query's", "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < 300; ++round) {
    const std::size_t width = 64 * (round < 20 ? 64 : random.between(1, 8));
    const auto digits = static_cast<std::size_t>(std::bit_width(width));
    // Where no bits are set, all, and random ones.
    const int some = round % 4;
    std::vector<bool> query(width);
    SecureVector<std::uint64_t> planes(2 * (width + 1));
    std::vector<std::uint32_t> offsets;
    for (std::size_t d = 0; d < width; ++d) {
      query[d] = some == 1 || (some != 0 && random.between(0, 1) == 1);
      if (query[d]) offsets.push_back(static_cast<std::uint32_t>(16 * d));
      for (std::size_t row = 0; row < kRows; ++row) {
        const bool set = row < 2 ? row == 1 : random.between(0, 1) == 1;
        planes[2 * d + row / 64] |= std::uint64_t{set} << (row % 64);
      }
    }
    while (offsets.size() % kPlanesPerStep != 0) {
      offsets.push_back(static_cast<std::uint32_t>(16 * width));
    }
    std::vector<std::size_t> different(kRows), set_bits(kRows);
    SecureVector<std::uint64_t> set(2 * digits);
    for (std::size_t row = 0; row < kRows; ++row) {
      for (std::size_t d = 0; d < width; ++d) {
        different[row] += bit(&planes[2 * d], row) != query[d] ? 1 : 0;
        set_bits[row] += bit(&planes[2 * d], row) ? 1 : 0;
      }
      for (std::size_t i = 0; i < digits; ++i) {
        set[2 * i + row / 64] |= (std::uint64_t{set_bits[row]} >> i & 1U) << (row % 64);
      }
    }
    // Between the digits lie words of others, which must stay as they are.
    constexpr std::size_t kStride = 4;
    SecureVector<std::uint64_t> out(kStride * (digits + 2), 99);
    sign_order(
        {planes.data(), offsets.data(), offsets.size(), set.data(), digits, out.data(), kStride});
    std::size_t query_bits = 0;
    for (const bool value : query) query_bits += value ? 1 : 0;
    const std::size_t largest = (std::size_t{1} << digits) - 1;
    INFO("round " << round << ", width " << width);
    for (std::size_t row = 0; row < kRows; ++row) {
      std::size_t number = 0;
      for (std::size_t i = 0; i < digits + 2; ++i) {
        number += std::size_t{bit(&out[kStride * i], row)} << i;
      }
      REQUIRE(number + query_bits == different[row] + 2 * largest);
    }
    for (std::size_t i = 0; i < digits + 2; ++i) {
      REQUIRE(out[kStride * i + 2] == 99);
      REQUIRE(out[kStride * i + 3] == 99);
    }
  }
}

}  // namespace mayfly::kernels
