// SPDX-License-Identifier: Apache-2.0
#include "engine/collection.h"

#include <catch2/catch.hpp>
#include <string>

#include "unit/attributes/tables.h"
#include "unit/engine/thrown_code.h"
#include "unit/engine/tiny_collection.h"

namespace mayfly::engine {
namespace {

using testing::add;
using testing::fill;
using testing::Ids;
using testing::ids_of;
using testing::Query;
using testing::remove;
using testing::thrown_code;
using testing::update;

Ids by_words(const Collection& collection, const std::string& words) {
  return ids_of(collection.search(Query(words, SearchMode::kLexical, nullptr).request));
}

}  // namespace

TEST_CASE("a collection without a model is searched by words", "[engine]") {
  Collection collection;
  add(collection, {{"1", "the cat sat", "{}"}, {"2", "x y z", ""}, {"3", "dogs on mat", ""}});
  CHECK(collection.size() == 3);
  CHECK(collection.contains("2"));
  CHECK_FALSE(collection.contains("4"));
  CHECK(by_words(collection, "cat") == Ids{"1"});
  CHECK(collection.pending_count(Tier::kLexical) == 0);
  CHECK(collection.pending_count(Tier::kStatic) == 3);
  CHECK(collection.pending_count(Tier::kContextual) == 3);
}

TEST_CASE("a tier that is given a model has all documents waiting, again each time", "[engine]") {
  const auto model = testing::tiny_transformer();
  Collection collection;
  add(collection, {{"1", "cat cat cat cat cat cat cat cat cat", ""}, {"2", "x", ""}});
  collection.set_model(Tier::kContextual, model);
  CHECK(collection.pending_count(Tier::kContextual) == 2);
  fill(collection, Tier::kContextual);
  CHECK(collection.pending_count(Tier::kContextual) == 0);
  const Query query("cat", SearchMode::kHybrid, nullptr);
  CHECK(collection.search(query.request)[0].dropped == 3);
  add(collection, {{"3", "y", ""}});
  CHECK(collection.pending_count(Tier::kContextual) == 1);
  collection.set_model(Tier::kContextual, model);
  CHECK(collection.pending_count(Tier::kContextual) == 3);
  CHECK(collection.search(query.request)[0].dropped == 0);  // not known any more
  CHECK(thrown_code([&] { collection.set_model(Tier::kLexical, model); }) ==
        ErrorCode::kInvalidArgument);
  CHECK(thrown_code([&] { collection.set_model(Tier::kStatic, nullptr); }) ==
        ErrorCode::kInvalidArgument);
}

TEST_CASE("an update replaces text, metadata and vectors", "[engine]") {
  const auto model = testing::tiny_transformer();
  Collection collection;
  collection.set_model(Tier::kContextual, model);
  add(collection, {{"1", "the cat sat", "old"}, {"2", "x y z", ""}});
  fill(collection, Tier::kContextual);
  update(collection, {{"1", "dogs on mat", "new"}});
  CHECK(collection.size() == 2);
  CHECK(collection.pending_count(Tier::kContextual) == 1);
  CHECK(by_words(collection, "cat").empty());
  fill(collection, Tier::kContextual);
  const Query query("dogs on mat", SearchMode::kSemantic, model);
  const auto hits = collection.search(query.request);
  REQUIRE(hits.size() == 2);
  CHECK(hits[0].document.text == "dogs on mat");
  CHECK(hits[0].document.metadata == "new");
  CHECK(hits[0].score == Approx(1.0).margin(0.01));
}

TEST_CASE("removed documents are gone and the others stay searchable", "[engine]") {
  const auto model = testing::tiny_transformer();
  Collection collection;
  collection.set_model(Tier::kContextual, model);
  collection.set_model(Tier::kStatic, testing::tiny_static());
  add(collection, {{"1", "the cat sat", ""}, {"2", "x y z", ""}, {"3", "dogs on mat", ""}});
  fill(collection, Tier::kContextual);
  const std::string_view ids[] = {"1", "nothing", "1"};
  CHECK(collection.remove(ids) == 1);
  CHECK(collection.size() == 2);
  CHECK(collection.pending_count(Tier::kStatic) == 2);
  const Query query("dogs on mat", SearchMode::kSemantic, model);
  CHECK(ids_of(collection.search(query.request)) == Ids{"3", "2"});
  collection.clear();
  CHECK(collection.size() == 0);
  CHECK(collection.pending_count(Tier::kContextual) == 0);
  CHECK(collection.search(query.request).empty());
  add(collection, {{"1", "the cat sat", ""}});
  fill(collection, Tier::kContextual);
  CHECK(ids_of(collection.search(query.request)) == Ids{"1"});
}

TEST_CASE("facets count the values of a key in the documents that pass a filter", "[engine]") {
  Collection collection;
  add(collection, {{"1", "cat", R"({"lang":"en","year":2020})"},
                   {"2", "dog", R"({"lang":["en","de"],"year":2021})"},
                   {"3", "mat", R"({"lang":"de","year":2021})"},
                   {"4", "x", ""}});
  const auto counted = [&](std::string_view key, std::string_view filter) {
    std::string all;
    for (const auto& [value, count] : testing::sorted(collection.facets(key, filter))) {
      all += value.kind == attributes::ValueKind::kString ? std::string(value.text)
                                                          : std::to_string(int(value.number));
      all += " " + std::to_string(count) + ", ";
    }
    return all;
  };
  CHECK(counted("lang", "") == "de 2, en 2, ");
  CHECK(counted("lang", R"({"year":{"gte":2021}})") == "de 2, en 1, ");
  CHECK(counted("year", "") == "2021 2, 2020 1, ");
  CHECK(counted("page", "").empty());
  remove(collection, "3");
  CHECK(counted("lang", "") == "en 2, de 1, ");
  CHECK(thrown_code([&] { collection.facets("lang", "{"); }) == ErrorCode::kInvalidArgument);
}

}  // namespace mayfly::engine
