// SPDX-License-Identifier: Apache-2.0
#include "index/sign_planes.h"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <random>

namespace mayfly::index {
namespace {

using Bits = std::vector<std::uint64_t>;

struct Rows {
  explicit Rows(std::size_t width) : planes(width) {}

  Bits draw(std::mt19937_64& random) const {
    Bits bits(planes.words());
    // Few bits set in some rows, many in others: counts must not be taken for distances.
    const int kind = static_cast<int>(random() % 3);
    for (auto& word : bits) {
      word = kind == 0 ? random() & random() : kind == 1 ? random() | random() : random();
    }
    return bits;
  }

  // The oracle: all numbers sorted by their distance, then by themselves.
  std::vector<std::uint32_t> nearest(const Bits& query, std::size_t wanted,
                                     std::vector<std::uint32_t> among) const {
    std::stable_sort(among.begin(), among.end(), [&](std::uint32_t a, std::uint32_t b) {
      return distance(query, rows[a]) < distance(query, rows[b]);
    });
    among.resize(std::min(wanted, among.size()));
    std::sort(among.begin(), among.end());
    return among;
  }
  static int distance(const Bits& a, const Bits& b) {
    int sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += std::popcount(a[i] ^ b[i]);
    return sum;
  }

  SignPlanes planes;
  std::vector<Bits> rows;
};

}  // namespace

TEST_CASE("planes give the rows in which the fewest bits differ after any changes", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  for (const std::size_t width : {64U, 128U, 384U, 1024U}) {
    Rows rows(width);
    for (int step = 0; step < 1500; ++step) {
      const auto choice = random() % 10;
      const std::size_t row = rows.rows.empty() ? 0 : random() % rows.rows.size();
      if (choice < 6 || rows.rows.empty()) {
        rows.rows.push_back(rows.draw(random));
        rows.planes.append(rows.rows.back());
      } else if (choice < 8) {
        rows.rows[row] = rows.rows.back();
        rows.rows.pop_back();
        rows.planes.remove(row);
      } else {
        rows.rows[row] = rows.draw(random);
        rows.planes.replace(row, rows.rows[row]);
      }
      REQUIRE(rows.planes.size() == rows.rows.size());
      if (step % 25 != 0) continue;
      INFO("width " << width << ", step " << step);
      const Bits query = rows.draw(random);
      std::vector<std::uint32_t> all, some;
      for (std::uint32_t i = 0; i < rows.rows.size(); ++i) {
        all.push_back(i);
        if (random() % 3 == 0) some.push_back(i);
      }
      for (const std::size_t wanted : {std::size_t{1}, std::size_t{20}, rows.rows.size() + 5}) {
        REQUIRE(rows.planes.nearest(query, wanted) == rows.nearest(query, wanted, all));
        REQUIRE(rows.planes.nearest(query, wanted, some) == rows.nearest(query, wanted, some));
      }
    }
  }
}

TEST_CASE("of equal rows the first are nearest, and no rows give none", "[index]") {
  SignPlanes planes(64);
  const Bits bits{0xF0F0}, other{0};
  CHECK(planes.nearest(bits, 3).empty());
  for (int i = 0; i < 300; ++i) planes.append(bits);
  CHECK(planes.nearest(other, 3) == std::vector<std::uint32_t>{0, 1, 2});
  planes.clear();
  CHECK(planes.nearest(bits, 3).empty());
  CHECK(planes.byte_count() == 0);
}

TEST_CASE("planes take little more than a bit per bit, and give memory back", "[index]") {
  SignPlanes planes(384);
  const Bits bits(6);
  for (int i = 0; i < 1280; ++i) planes.append(bits);
  CHECK(planes.row_bytes() == 49);
  CHECK(planes.byte_count() <= 1280U * 50);
  while (planes.size() > 1) planes.remove(0);
  CHECK(planes.byte_count() <= 2U * 128 * 50);
}

}  // namespace mayfly::index
