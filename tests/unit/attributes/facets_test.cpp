// SPDX-License-Identifier: Apache-2.0
#include "attributes/facets.h"

#include <catch2/catch.hpp>

#include "unit/attributes/tables.h"

using namespace mayfly::attributes;
using mayfly::testing::all_rows;
using mayfly::testing::facets_of;
using mayfly::testing::table_of;

TEST_CASE("facets count each value of a key once for each row", "[attributes]") {
  const AttributeTable table = table_of({R"({"t": ["b", "a"]})", R"({"t": ["a", "c"]})",
                                         R"({"t": "c", "u": 1})", R"({"t": "b"})", ""});
  CHECK(facets_of(table, "t", all_rows(table)) == R"([["a",2],["b",2],["c",2]])");
  CHECK(facets_of(table, "u", all_rows(table)) == "[[1.0,1]]");
  CHECK(facets_of(table, "no such key", all_rows(table)) == "[]");
}

TEST_CASE("facets keep kinds apart", "[attributes]") {
  const AttributeTable table =
      table_of({R"({"n": 10})", R"({"n": 9})", R"({"n": -1})", R"({"n": "9"})", R"({"n": true})"});
  CHECK(facets_of(table, "n", all_rows(table)) ==
        R"([[true,1],[-1.0,1],[9.0,1],[10.0,1],["9",1]])");
}

TEST_CASE("facets count the given rows only", "[attributes]") {
  const AttributeTable table = table_of({R"({"t": "a"})", R"({"t": "a"})", R"({"t": "b"})"});
  CHECK(facets_of(table, "t", select(table, R"({"t": "a"})")) == R"([["a",2]])");
  CHECK(facets_of(table, "t", mayfly::RowSet(3)) == "[]");
}
