// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "unit/attributes/tables.h"

using mayfly::Error;
using mayfly::ErrorCode;
using mayfly::attributes::AttributeTable;
using mayfly::attributes::kMaxFilterDepth;
using mayfly::attributes::select;
using mayfly::testing::selected;
using mayfly::testing::table_of;
using Rows = std::vector<std::size_t>;

namespace {

// 0..4
AttributeTable library() {
  return table_of({
      R"({"lang": "en", "year": 1999, "tags": ["war", "sea"], "date": "2024-01-31"})",
      R"({"lang": "de", "year": 2004, "tags": ["sea"], "read": true})",
      R"({"lang": "fr", "year": 2004.5, "tags": [], "read": false, "date": "2024-02-01"})",
      R"({"lang": "en", "year": "2004", "sizes": [1, 10], "any": "x", "=x": 1})",
      "",
  });
}

std::string complaint(std::string_view filter) {
  try {
    select(library(), filter);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::kInvalidArgument);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a value asks for equality, and a list for any of its values", "[attributes]") {
  const AttributeTable table = library();
  CHECK(selected(table, R"({"lang": "en"})") == Rows{0, 3});
  CHECK(selected(table, R"({"lang": ["en", "de", "xx"]})") == Rows{0, 1, 3});
  CHECK(selected(table, R"({"lang": []})").empty());
  CHECK(selected(table, R"({"read": true})") == Rows{1});
  CHECK(selected(table, R"({"nowhere": true})").empty());
}

TEST_CASE("equality on an array means that it contains the value", "[attributes]") {
  CHECK(selected(library(), R"({"tags": "sea"})") == Rows{0, 1});
  CHECK(selected(library(), R"({"sizes": 10})") == Rows{3});
}

TEST_CASE("values of different kinds are never equal", "[attributes]") {
  const AttributeTable table = library();
  CHECK(selected(table, R"({"year": 2004})") == Rows{1});
  CHECK(selected(table, R"({"year": "2004"})") == Rows{3});
  CHECK(selected(table, R"({"read": 1})").empty());
  CHECK(selected(table, R"({"year": {"gte": 0}})") == Rows{0, 1, 2});
  CHECK(selected(table, R"({"year": {"gte": ""}})") == Rows{3});
}

TEST_CASE("one number is equal however it is written", "[attributes]") {
  const AttributeTable table = table_of({R"({"n": 0})", R"({"n": -0.0})", R"({"n": 1e2})"});
  CHECK(selected(table, R"({"n": -0})") == Rows{0, 1});
  CHECK(selected(table, R"({"n": 100})") == Rows{2});
}

TEST_CASE("ranges include or exclude their bounds", "[attributes]") {
  const AttributeTable table = library();
  CHECK(selected(table, R"({"year": {"gte": 1999, "lt": 2004}})") == Rows{0});
  CHECK(selected(table, R"({"year": {"gt": 1999, "lte": 2004}})") == Rows{1});
  CHECK(selected(table, R"({"year": {"gt": 1999}})") == Rows{1, 2});
  CHECK(selected(table, R"({"year": {"gt": 5, "lt": 4}})").empty());
  CHECK(selected(table, R"({"date": {"gte": "2024-02"}})") == Rows{2});
  CHECK(selected(table, R"({"date": {"lt": "2024-02"}})") == Rows{0});
}

TEST_CASE("of an array, one value must be within the whole range", "[attributes]") {
  const AttributeTable table = library();
  CHECK(selected(table, R"({"sizes": {"gte": 2, "lte": 9}})").empty());
  CHECK(selected(table, R"({"sizes": {"gte": 2, "lte": 10}})") == Rows{3});
}

TEST_CASE("tags can be asked for all, any and none", "[attributes]") {
  const AttributeTable table = library();
  CHECK(selected(table, R"({"tags": {"all": ["sea", "war"]}})") == Rows{0});
  CHECK(selected(table, R"({"tags": {"any": ["war", "peace"]}})") == Rows{0});
  CHECK(selected(table, R"({"tags": {"none": ["war", "peace"]}})") == Rows{1, 2, 3, 4});
  CHECK(selected(table, R"({"tags": {"any": ["sea"], "none": ["war"]}})") == Rows{1});
  CHECK(selected(table, R"({"tags": {"all": []}})") == Rows{0, 1, 2, 3, 4});
  CHECK(selected(table, R"({"tags": {"any": []}})").empty());
  CHECK(selected(table, R"({"tags": {"none": []}})") == Rows{0, 1, 2, 3, 4});
}

TEST_CASE("a key exists where it has a value, which false is and an empty array has not",
          "[attributes]") {
  const AttributeTable table = library();
  CHECK(selected(table, R"({"read": {"exists": true}})") == Rows{1, 2});
  CHECK(selected(table, R"({"tags": {"exists": true}})") == Rows{0, 1});
  CHECK(selected(table, R"({"tags": {"exists": false}})") == Rows{2, 3, 4});
}

TEST_CASE("filters are joined by and, any, all and not", "[attributes]") {
  const AttributeTable table = library();
  CHECK(selected(table, "{}") == Rows{0, 1, 2, 3, 4});
  CHECK(selected(table, R"({"lang": "en", "year": 1999})") == Rows{0});
  CHECK(selected(table, R"({"any": [{"lang": "de"}, {"year": 1999}]})") == Rows{0, 1});
  CHECK(selected(table, R"({"all": [{"lang": "en"}, {"tags": "war"}]})") == Rows{0});
  CHECK(selected(table, R"({"not": {"lang": "en"}})") == Rows{1, 2, 4});
  CHECK(selected(table, R"({"not": {"lang": "en", "year": 1999}})") == Rows{1, 2, 3, 4});
  CHECK(selected(table, R"({"any": []})").empty());
  CHECK(selected(table, R"({"all": []})") == Rows{0, 1, 2, 3, 4});
  CHECK(selected(table, R"({"lang": {}})") == Rows{0, 1, 2, 3, 4});
}

TEST_CASE("an equals sign takes the name for an attribute whatever it is", "[attributes]") {
  const AttributeTable table = library();
  CHECK(selected(table, R"({"=any": "x"})") == Rows{3});
  CHECK(selected(table, R"({"=lang": "de"})") == Rows{1});
  CHECK(selected(table, R"({"==x": 1})") == Rows{3});
  CHECK(selected(table, R"({"=x": 1})").empty());
  CHECK(selected(table_of({R"({"": 1})"}), R"({"": 1})") == Rows{0});
  CHECK(selected(table_of({R"({"": 1})"}), R"({"=": 1})") == Rows{0});
}

TEST_CASE("a bad filter is refused with the place and what to do", "[attributes]") {
  CHECK(complaint(R"({"any": [{}, {"date": {"gte": null}}]})") ==
        "filter.any[1].date.gte must be a number or a string");
  CHECK(complaint(R"({"date": {"gte": true}})") == "filter.date.gte must be a number or a string");
  CHECK(complaint(R"({"date": {"gte": 1, "lt": "2"}})") ==
        "filter.date.lt must be a number or a string as the range's other bound is");
  CHECK(complaint(R"({"date": {"after": 1}})") ==
        "filter.date.after is no operator; use gt, gte, lt, lte, any, all, none or exists");
  CHECK(complaint(R"({"tags": {"all": "a"}})") == "filter.tags.all must be a list of values");
  CHECK(complaint(R"({"tags": ["a", ["b"]]})") ==
        "filter.tags[1] must be a string, a number or a boolean");
  CHECK(complaint(R"({"lang": null})") ==
        "filter.lang is null; for documents without the key write {\"exists\": false}");
  CHECK(complaint(R"({"lang": {"exists": 1}})") == "filter.lang.exists must be true or false");
  CHECK(complaint(R"({"any": {"lang": "en"}})") == "filter.any must be a list of filters");
  CHECK(complaint(R"({"not": [{}]})") == "filter.not must be an object such as {\"lang\": \"en\"}");
  CHECK(complaint(R"(["lang"])") == "filter must be an object such as {\"lang\": \"en\"}");
}

TEST_CASE("text that is no filter is refused", "[attributes]") {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 1; i < depth; ++i) text += R"({"not": )";
    return text + "{}" + std::string(depth - 1, '}');
  };
  CHECK(complaint(nested(kMaxFilterDepth)).empty());
  CHECK_THAT(complaint(nested(kMaxFilterDepth + 1)), Catch::Contains("nested too deep"));
  CHECK_THAT(complaint(nested(100'000)), Catch::Contains("nested too deep"));
  CHECK_THAT(complaint(R"({"a": 1, "a": 2})"), Catch::Contains("names \"a\" twice"));
  for (const char* text :
       {"", " ", "lang", "{", R"({"n": NaN})", R"({"n": 1e999})", "{\"a\": \"\xff\"}",
        "{\"a\": \"\xed\xa0\x80\"}", R"({"a": "\ud800"})"}) {
    INFO(text);
    CHECK_THAT(complaint(text), Catch::StartsWith("filter is unusable: "));
  }
}

TEST_CASE("a bad filter is refused even where no row is left to pass", "[attributes]") {
  CHECK_THROWS_AS(select(AttributeTable(), R"({"a": "x", "b": null})"), Error);
  CHECK_THROWS_AS(select(library(), R"({"nowhere": "x", "elsewhere": {"gte": 1, "lt": ""}})"),
                  Error);
  CHECK_THROWS_AS(select(library(), R"({"any": [{}, {"nowhere": [null]}]})"), Error);
}
