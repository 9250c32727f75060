// SPDX-License-Identifier: Apache-2.0
#include "base/row_set.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <vector>

using mayfly::RowSet;

namespace {

std::set<std::size_t> rows_in(const RowSet& set) {
  std::set<std::size_t> rows;
  set.for_each([&](std::size_t row) {
    REQUIRE((rows.empty() || *rows.rbegin() < row));  // ascending
    rows.insert(row);
  });
  return rows;
}

}  // namespace

TEST_CASE("a set of rows behaves as std::set does", "[attributes]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (const std::size_t size : {0, 1, 63, 64, 65, 128, 200}) {
    RowSet a(size), b(size);
    std::set<std::size_t> of_a, of_b;
    for (std::size_t i = 0; i < size / 2; ++i) {
      const std::size_t in_a = random() % size, in_b = random() % size;
      a.insert(in_a), of_a.insert(in_a);
      b.insert(in_b), of_b.insert(in_b);
    }
    RowSet both = a, either = a, others = a;
    both.intersect(b);
    either.unite(b);
    others.invert();
    std::set<std::size_t> of_both, of_either, of_others;
    for (std::size_t row = 0; row < size; ++row) {
      CHECK(a.contains(row) == (of_a.count(row) == 1));
      if (of_a.count(row) && of_b.count(row)) of_both.insert(row);
      if (of_a.count(row) || of_b.count(row)) of_either.insert(row);
      if (!of_a.count(row)) of_others.insert(row);
    }
    CHECK(rows_in(both) == of_both);
    CHECK(rows_in(either) == of_either);
    CHECK(rows_in(others) == of_others);
    CHECK(a.count() == of_a.size());
    CHECK(others.count() == size - of_a.size());
  }
}

TEST_CASE("a set of no rows is empty, and so is its inverse", "[attributes]") {
  RowSet none(0);
  none.invert();
  CHECK(none.count() == 0);
  CHECK(rows_in(none).empty());
}
