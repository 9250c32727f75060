// SPDX-License-Identifier: Apache-2.0
#include "attributes/attribute_table.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "unit/attributes/tables.h"
#include "unit/base/block_recorder.h"

using mayfly::attributes::AttributeTable;
using mayfly::testing::all_rows;
using mayfly::testing::BlockRecorder;
using mayfly::testing::facets_of;
using mayfly::testing::selected;
using mayfly::testing::table_of;
using Rows = std::vector<std::size_t>;

namespace {

std::size_t attribute_count(const AttributeTable& table, std::size_t row) {
  std::size_t count = 0;
  table.for_each_attribute(row, [&](auto) { ++count; });
  return count;
}

}  // namespace

TEST_CASE("strings, numbers, booleans and arrays of them are attributes, and nothing else is",
          "[attributes]") {
  const AttributeTable table = table_of({R"({
      "s": "a", "n": 1.5, "b": false, "tags": ["x", 2, true],
      "null": null, "object": {"s": "deep"}, "empty": [], "mixed": [null, {"a": 1}, ["y"], "z"]})"});
  CHECK(attribute_count(table, 0) == 7);
  CHECK(selected(table, R"({"s": "a", "n": 1.5, "b": false, "mixed": "z"})") == Rows{0});
  CHECK(selected(table, R"({"tags": {"all": ["x", 2, true]}})") == Rows{0});
  for (const char* key : {"null", "object", "empty"}) {
    CHECK(selected(table, std::string("{\"") + key + R"(": {"exists": true}})").empty());
  }
}

TEST_CASE("metadata that is no JSON object has no attributes and is no error", "[attributes]") {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "[";
  const std::vector<std::string> hostile = {
      "",
      " ",
      "null",
      "[\"s\"]",
      "\"s\"",
      "{\"s\": \"a\"",
      "{\"s\": \"a\"} tail",
      "{'s': 'a'}",
      R"({"s": "a", "s": "b"})",
      R"({"s": "a", "n": NaN})",
      R"({"s": "a", "n": Infinity})",
      R"({"s": "a", "n": 1e999})",
      R"({"s": "a", "t": "\ud800"})",
      "{\"s\": \"a\", \"t\": \"\xff\"}",
      "{\"s\": \"a\", \"t\": \"\xc0\x80\"}",
      deep,
      "{\"s\": \"a\", \"d\": " + deep + "}",
      std::string("{\"s\": \"a\"\0}", 11),
  };
  AttributeTable table;
  for (const std::string& metadata : hostile) table.append(metadata);
  CHECK(table.size() == hostile.size());
  table.append(R"({"s": "a"})");
  CHECK(selected(table, R"({"s": {"exists": true}})") == Rows{hostile.size()});
}

TEST_CASE("numbers of any size and strings of any character are attributes", "[attributes]") {
  const AttributeTable table = table_of({
      R"({"n": 123456789012345678901234567890})",
      R"({"n": -1.7976931348623157e308})",
      R"({"n": 1e-999})",
      R"({"n": 9007199254740993})",
      R"({"n": "a\u0000b"})",
  });
  CHECK(selected(table, R"({"n": {"gt": 1e29}})") == Rows{0});
  CHECK(selected(table, R"({"n": {"lt": -1e300}})") == Rows{1});
  CHECK(selected(table, R"({"n": 0})") == Rows{2});
  CHECK(selected(table, R"({"n": 9007199254740992})") == Rows{3});  // the nearest double
  CHECK(selected(table, R"({"n": "a\u0000b"})") == Rows{4});
  CHECK(selected(table, R"({"n": "a"})").empty());
}

TEST_CASE("attributes beside deeply nested ones are found", "[attributes]") {
  std::string nested = "1";
  for (int i = 0; i < 200; ++i) nested = "[" + nested + "]";
  const std::string metadata = "{\"deep\": " + nested + R"(, "s": "a"})";
  CHECK(selected(table_of({metadata}), R"({"s": "a"})") == Rows{0});
}

TEST_CASE("the last row moves into the gap of the one removed", "[attributes]") {
  AttributeTable table = table_of({R"({"n": 0})", R"({"n": 1})", R"({"n": 2})"});
  table.remove(0);
  CHECK(table.size() == 2);
  CHECK(selected(table, R"({"n": 2})") == Rows{0});
  CHECK(selected(table, R"({"n": 1})") == Rows{1});
  table.remove(1);
  CHECK(selected(table, R"({"n": {"exists": true}})") == Rows{0});
  table.remove(0);
  CHECK(table.size() == 0);
}

TEST_CASE("replacing a row changes all its attributes and no other row's", "[attributes]") {
  AttributeTable table = table_of({R"({"a": 1, "b": ["x", "y"]})", R"({"a": 1, "b": "x"})"});
  table.replace(0, R"({"a": 2, "c": true})");
  CHECK(selected(table, R"({"a": 1})") == Rows{1});
  CHECK(selected(table, R"({"b": "x"})") == Rows{1});
  CHECK(selected(table, R"({"b": "y"})").empty());
  CHECK(selected(table, R"({"c": true, "a": 2})") == Rows{0});
  table.replace(0, "not JSON");
  CHECK(selected(table, R"({"a": {"exists": false}})") == Rows{0});
}

TEST_CASE("an attribute table that is cleared can be filled again", "[attributes]") {
  AttributeTable table = table_of({R"({"a": 1})", R"({"a": 1})"});
  table.clear();
  CHECK(table.size() == 0);
  CHECK(selected(table, "{}").empty());
  table.append(R"({"a": 1})");
  CHECK(selected(table, R"({"a": 1})") == Rows{0});
}

TEST_CASE("a document whose array names a value twice counts once", "[attributes]") {
  AttributeTable table = table_of({R"({"t": ["a", "a", "b"]})", R"({"t": "a"})"});
  CHECK(facets_of(table, "t", all_rows(table)) == R"([["a",2],["b",1]])");
  table.remove(0);
  CHECK(facets_of(table, "t", all_rows(table)) == R"([["a",1]])");
}

TEST_CASE("attributes that no document has any more are forgotten and their numbers used again",
          "[attributes]") {
  AttributeTable table;
  for (int i = 0; i < 1000; ++i) {
    table.append("{\"key" + std::to_string(i) + "\": \"value" + std::to_string(i) + "\"}");
    if (i >= 3) table.remove(0);
  }
  CHECK(table.size() == 3);
  CHECK(table.dictionary().id_limit() <= 16);
}

TEST_CASE("thousands of documents may each have a key of their own", "[attributes]") {
  AttributeTable table;
  for (int i = 0; i < 20'000; ++i) table.append("{\"" + std::to_string(i) + "\": true}");
  CHECK(selected(table, R"({"12345": true})") == Rows{12345});
}

TEST_CASE("what the attribute table frees is zeroed, and what it removes is gone at once",
          "[attributes]") {
  BlockRecorder recorder;
  {
    AttributeTable table;
    table.append(R"({"private-key": "private-value", "lang": "en"})");
    for (int i = 0; i < 500; ++i) table.append("{\"s\": \"text " + std::to_string(i) + "\"}");
    REQUIRE(recorder.holds("private-key"));
    REQUIRE(recorder.holds("private-value"));
    SECTION("by removal") { table.remove(0); }
    SECTION("by replacement") { table.replace(0, R"({"lang": "de"})"); }
    SECTION("by clearing") { table.clear(); }
    CHECK_FALSE(recorder.holds("private-key"));
    CHECK_FALSE(recorder.holds("private-value"));
  }
  CHECK(recorder.freed() > 0);
  CHECK(recorder.live() == 0);
  CHECK(recorder.freed_dirty() == 0);
}
