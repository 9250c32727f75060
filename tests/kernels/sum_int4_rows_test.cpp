// SPDX-License-Identifier: Apache-2.0
// The static tier's kernel: every variant gives the scalar's bits, and the scalar is held to sums
// in f64 of values that are unpacked here in another way.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "kernels/kernels.h"
#include "kernels/random_values.h"

namespace mayfly::kernels {
namespace {

constexpr std::uint32_t kSeed = 11;
constexpr std::size_t kMaxRows = 40;

struct Table {
  std::size_t dim;
  std::vector<std::uint8_t> bytes;
  std::vector<float> scales;

  double value(std::int32_t id, std::size_t j) const {
    const std::size_t nibble = static_cast<std::size_t>(id) * dim + j;
    const int code = (bytes[nibble / 2] >> (4 * (nibble % 2))) & 15;
    return double{scales[static_cast<std::size_t>(id)]} * (code - 8);
  }
};

Table random_table(testing::RandomValues& random) {
  Table table{16 * random.between(1, 17), {}, random.floats(kMaxRows, -0.5F, 2.0F)};
  table.bytes = random.integers<std::uint8_t>(kMaxRows * table.dim / 2, 0, 255);
  return table;
}

}  // namespace

TEST_CASE("sum_int4_rows is the sum of scaled rows, in the same bits in every variant",
          "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < 10'000; ++round) {
    const Table table = random_table(random);
    const auto ids =
        random.integers<std::int32_t>(random.between(0, 64), 0, static_cast<int>(kMaxRows) - 1);
    const std::size_t offset = random.between(0, 3);  // sums need no alignment
    const auto begin = random.floats(table.dim + offset, -1.0F, 1.0F);
    std::vector<float> expected;
    for (const Kernels& kernels : variants()) {
      std::vector<float> sum = begin;
      kernels.sum_int4_rows({table.bytes.data(), table.scales.data(), ids.data(), ids.size(),
                             table.dim, sum.data() + offset});
      if (expected.empty()) expected = sum;
      const bool same = std::memcmp(sum.data(), expected.data(), sum.size() * sizeof(float)) == 0;
      if (!same) FAIL(kernels.variant << " differs from scalar");
    }
    for (std::size_t j = 0; j < table.dim; ++j) {
      double sum = begin[offset + j], magnitude = std::fabs(sum);
      for (const std::int32_t id : ids) {
        sum += table.value(id, j);
        magnitude += std::fabs(table.value(id, j));
      }
      if (!(std::fabs(expected[offset + j] - sum) <= 1e-5 * magnitude)) FAIL("value " << j);
    }
  }
}

TEST_CASE("sum_int4_rows touches nothing but its dim values", "[kernels]") {
  const std::vector<std::uint8_t> bytes(8, 0xFF);
  const float scale = 1.0F;
  const std::int32_t id = 0;
  for (const Kernels& kernels : variants()) {
    std::vector<float> sum(18, 0.0F);
    kernels.sum_int4_rows({bytes.data(), &scale, &id, 1, 16, sum.data() + 1});
    CHECK(sum.front() == 0.0F);
    CHECK(sum.back() == 0.0F);
    CHECK(sum[16] == 7.0F);
  }
}

}  // namespace mayfly::kernels
