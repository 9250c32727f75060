// SPDX-License-Identifier: Apache-2.0
#include "attributes/groups.h"

#include <catch2/catch.hpp>

#include "unit/attributes/tables.h"

using namespace mayfly::attributes;
using mayfly::testing::table_of;

TEST_CASE("rows are of one group where they share the one value of a key", "[attributes]") {
  AttributeTable table =
      table_of({R"({"page": "a", "n": 1})", R"({"page": "b"})", R"({"n": 5, "page": "a"})", "",
                R"({"page": ["a", "b"]})", R"({"page": ["a", "b", "a"]})", R"({"page": ["b"]})",
                R"({"other": "a"})", R"({"page": 1})", R"({"page": "1"})"});
  const auto groups = groups_of(table, "page");
  REQUIRE(groups.size() == 10);
  CHECK(groups[0] != kNoAttribute);
  CHECK(groups[1] != kNoAttribute);
  CHECK(groups[0] != groups[1]);
  CHECK(groups[2] == groups[0]);
  for (const std::size_t row : {3U, 4U, 5U, 7U}) CHECK(groups[row] == kNoAttribute);
  CHECK(groups[6] == groups[1]);
  CHECK(groups[8] != kNoAttribute);
  CHECK(groups[8] != groups[9]);
  table.remove(0);  // the last moves there
  const auto moved = groups_of(table, "page");
  CHECK(moved[0] == groups[9]);
  CHECK(groups_of(table, "unknown") == std::vector<AttributeId>(9));
  CHECK(groups_of(AttributeTable(), "page").empty());
}
