// SPDX-License-Identifier: Apache-2.0
#include "attributes/order.h"

#include <catch2/catch.hpp>

#include "unit/attributes/tables.h"

using namespace mayfly::attributes;
using mayfly::testing::table_of;
using Rows = std::vector<std::size_t>;

TEST_CASE("rows are sorted by value, with rows without the key last in both directions",
          "[attributes]") {
  const AttributeTable table =
      table_of({R"({"n": 10})", "", R"({"n": 9})", R"({"n": -1})", R"({"m": 0})"});
  const Rows rows{0, 1, 2, 3, 4};
  CHECK(order(table, "n", Direction::kAscending, rows) == Rows{3, 2, 0, 1, 4});
  CHECK(order(table, "n", Direction::kDescending, rows) == Rows{0, 2, 3, 1, 4});
}

TEST_CASE("rows of equal value keep the order in which they were given", "[attributes]") {
  const AttributeTable table =
      table_of({R"({"n": 1})", R"({"n": 0})", R"({"n": 1})", R"({"n": 1})"});
  const Rows rows{3, 0, 1, 2};
  CHECK(order(table, "n", Direction::kAscending, rows) == Rows{1, 3, 0, 2});
  CHECK(order(table, "n", Direction::kDescending, rows) == Rows{3, 0, 2, 1});
  CHECK(order(table, "no such key", Direction::kAscending, rows) == rows);
}

TEST_CASE("some of the rows can be sorted, or none", "[attributes]") {
  const AttributeTable table = table_of({R"({"d": "2024-03"})", R"({"d": "2023-12"})", ""});
  CHECK(order(table, "d", Direction::kAscending, Rows{2, 0}) == Rows{0, 2});
  CHECK(order(table, "d", Direction::kAscending, Rows{}).empty());
}

TEST_CASE("an array is sorted by its least value, or descending by its greatest", "[attributes]") {
  const AttributeTable table = table_of({R"({"n": [5, 1]})", R"({"n": 2})", R"({"n": [3, 4]})"});
  const Rows rows{0, 1, 2};
  CHECK(order(table, "n", Direction::kAscending, rows) == Rows{0, 1, 2});
  CHECK(order(table, "n", Direction::kDescending, rows) == Rows{0, 2, 1});
}
