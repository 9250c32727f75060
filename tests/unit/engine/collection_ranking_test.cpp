// SPDX-License-Identifier: Apache-2.0
#include "engine/collection_ranking.h"

#include <catch2/catch.hpp>
#include <string>

#include "unit/engine/thrown_code.h"
#include "unit/engine/tiny_collection.h"

namespace mayfly::engine {
namespace {

using testing::add;
using testing::Documents;
using testing::fill;
using testing::Ids;
using testing::ids_of;
using testing::ModelPointer;
using testing::Query;
using testing::run;
using testing::shared_static;
using testing::shared_transformer;
using testing::thrown_code;
using testing::tiered;
using testing::update;

void fill_some(Collection& collection, Tier tier, std::vector<std::string_view> ids) {
  FillJob job(collection, tier, ids);
  run(job);
}

double cosine(const ModelPointer& model, std::string_view a, std::string_view b) {
  const auto x = testing::embed(model, a), y = testing::embed(model, b);
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += double{x[i]} * double{y[i]};
  return sum;
}

using Tiers = std::vector<Tier>;
Tiers tiers_of(const std::vector<SearchHit>& hits) {
  Tiers tiers;
  for (const SearchHit& hit : hits) tiers.push_back(hit.tier);
  return tiers;
}

const Documents kDocuments = {{"1", "the cat sat"}, {"2", "x y z"}, {"3", "dogs on mat"}};

}  // namespace

TEST_CASE("a lexical search goes by words, whatever vectors there are", "[engine]") {
  Collection collection = tiered(kDocuments);
  fill(collection, Tier::kStatic);
  fill(collection, Tier::kContextual);
  const Query query("cat", SearchMode::kLexical, shared_transformer(), shared_static());
  const auto hits = collection.search(query.request);
  REQUIRE(ids_of(hits) == Ids{"1"});
  CHECK(hits[0].tier == Tier::kLexical);
  CHECK(hits[0].score == hits[0].lexical);
  CHECK(hits[0].lexical > 0);
  CHECK(hits[0].contextual == 0);
  CHECK(hits[0].static_cosine == 0);
  CHECK(hits[0].passage_begin == 0);
  CHECK(hits[0].passage_end == 11);
}

TEST_CASE("a semantic search goes by the cosines of the best tier alone", "[engine]") {
  Collection collection = tiered(kDocuments);
  fill(collection, Tier::kStatic);
  fill(collection, Tier::kContextual);
  for (const auto& model : {shared_transformer(), shared_static()}) {
    const bool best = model == shared_transformer();
    const Query query("x y z", SearchMode::kSemantic, best ? model : nullptr, shared_static());
    const auto hits = collection.search(query.request);
    REQUIRE(hits.size() == 3);
    CHECK(hits[0].document.id == "2");
    for (const SearchHit& hit : hits) {
      CHECK(hit.score == Approx(cosine(model, query.text, hit.document.text)).margin(0.02));
      CHECK(hit.tier == (best ? Tier::kContextual : Tier::kStatic));
      CHECK(hit.contextual == (best ? hit.score : 0.0f));
      CHECK(hit.static_cosine ==
            Approx(cosine(shared_static(), query.text, hit.document.text)).margin(0.02));
      CHECK(hit.lexical == 0);
    }
  }
}

TEST_CASE("a hybrid search adds what words say to the cosine", "[engine]") {
  Collection collection = tiered(kDocuments);
  fill(collection, Tier::kStatic);
  fill(collection, Tier::kContextual);
  const Query both("the cat sat", SearchMode::kHybrid, shared_transformer(), shared_static());
  const auto hits = collection.search(both.request);
  REQUIRE_FALSE(hits.empty());
  CHECK(hits[0].document.id == "1");
  CHECK(hits[0].tier == Tier::kContextual);
  CHECK(hits[0].contextual == Approx(1.0).margin(0.02));
  CHECK(hits[0].static_cosine == Approx(1.0).margin(0.02));
  CHECK(hits[0].lexical > 0);
  CHECK(hits[0].score > hits[0].contextual);
  const Query without("the cat sat", SearchMode::kHybrid, nullptr, shared_static());
  CHECK(collection.search(without.request)[0].tier == Tier::kStatic);
  const Query words("the cat sat", SearchMode::kHybrid, nullptr);
  CHECK(collection.search(words.request)[0].tier == Tier::kLexical);
}

TEST_CASE("documents that wait come after those that have vectors, ranked by what is known",
          "[engine]") {
  Collection collection = tiered({{"words", "the cat sat"},
                                  {"early", "the cat sat"},
                                  {"late", "the cat sat"},
                                  {"early too", "the cat sat"},
                                  {"other", "the cat sat on the mat"}});
  fill_some(collection, Tier::kStatic, {"early", "late", "early too"});
  fill_some(collection, Tier::kContextual, {"late"});
  Query query("the cat sat", SearchMode::kHybrid, shared_transformer(), shared_static());
  const auto hits = collection.search(query.request);
  CHECK(ids_of(hits) == Ids{"late", "early", "early too", "words", "other"});
  CHECK(tiers_of(hits) ==
        Tiers{Tier::kContextual, Tier::kStatic, Tier::kStatic, Tier::kLexical, Tier::kLexical});
  for (std::size_t k = 1; k < 5; ++k) {
    query.request.k = k;
    const auto all = ids_of(hits);
    CHECK(ids_of(collection.search(query.request)) ==
          Ids(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(k)));
  }
  // Without the transformer's vector of the query its tier is not looked at.
  const Query only_early("the cat sat", SearchMode::kHybrid, nullptr, shared_static());
  CHECK(ids_of(collection.search(only_early.request)) ==
        Ids{"early", "late", "early too", "words", "other"});
  // A semantic search knows nothing of what has no vectors.
  const Query semantic("the cat sat", SearchMode::kSemantic, shared_transformer(), shared_static());
  CHECK(ids_of(collection.search(semantic.request)) == Ids{"late", "early", "early too"});
  const Query late("the cat sat", SearchMode::kSemantic, shared_transformer());
  CHECK(ids_of(collection.search(late.request)) == Ids{"late"});
}

TEST_CASE("a static tier that has read less than half of the documents does not answer yet",
          "[engine]") {
  Collection collection =
      tiered({{"read", "x y z"}, {"words", "the cat sat"}, {"other", "dogs on the mat"}});
  fill_some(collection, Tier::kStatic, {"read"});
  const Query query("the cat sat", SearchMode::kHybrid, nullptr, shared_static());
  CHECK(ids_of(collection.search(query.request)) == Ids{"words"});
  fill(collection, Tier::kStatic);
  CHECK(collection.search(query.request)[0].tier == Tier::kStatic);
}

TEST_CASE("a filter holds in every mode and tier", "[engine]") {
  Collection collection = tiered({{"1", "the cat sat", R"({"kind":"a"})"},
                                  {"2", "the cat sat", R"({"kind":"b"})"},
                                  {"3", "the cat sat", R"({"kind":"a"})"},
                                  {"4", "the cat sat", R"({"kind":"b"})"},
                                  {"5", "the cat sat", R"({"kind":"a"})"}});
  fill_some(collection, Tier::kStatic, {"2", "3", "4"});
  fill_some(collection, Tier::kContextual, {"4", "5"});
  for (const SearchMode mode : {SearchMode::kHybrid, SearchMode::kSemantic, SearchMode::kLexical}) {
    Query query("cat", mode, shared_transformer(), shared_static());
    query.request.filter = R"({"kind":"a"})";
    const Ids expected = mode == SearchMode::kHybrid     ? Ids{"5", "3", "1"}
                         : mode == SearchMode::kSemantic ? Ids{"5", "3"}
                                                         : Ids{"1", "3", "5"};
    const auto found = ids_of(collection.search(query.request));
    CAPTURE(static_cast<int>(mode));
    CHECK(found == expected);
    query.request.filter = R"({"kind":"c"})";
    CHECK(collection.search(query.request).empty());
    query.request.filter = "{";
    CHECK(thrown_code([&] { collection.search(query.request); }) == ErrorCode::kInvalidArgument);
  }
}

TEST_CASE(
    "equal documents come by insertion in every mode, after an update and however few are "
    "asked for",
    "[engine]") {
  Collection collection = tiered({{"gone", "cat"}, {"c", "cat"}, {"a", "cat"}, {"b", "cat"}});
  testing::remove(collection, "gone");  // "b" moves before "c"
  for (const Tier tier : {Tier::kStatic, Tier::kContextual}) {
    fill_some(collection, tier, {"b", "a", "c"});
  }
  const auto check = [&](const Ids& expected) {
    for (const SearchMode mode :
         {SearchMode::kHybrid, SearchMode::kSemantic, SearchMode::kLexical}) {
      for (const bool with_contextual : {false, true}) {
        Query query("cat", mode, with_contextual ? shared_transformer() : nullptr, shared_static());
        for (std::size_t k = 1; k <= 3; ++k) {
          CAPTURE(static_cast<int>(mode), with_contextual, k);
          query.request.k = k;
          CHECK(ids_of(collection.search(query.request)) ==
                Ids(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(k)));
        }
      }
    }
  };
  check({"c", "a", "b"});
  update(collection, {{"c", "dogs"}});
  update(collection, {{"c", "cat"}});
  for (const Tier tier : {Tier::kStatic, Tier::kContextual}) fill(collection, tier);
  check({"c", "a", "b"});
  testing::remove(collection, "c");
  add(collection, {{"c", "cat"}});
  for (const Tier tier : {Tier::kStatic, Tier::kContextual}) fill(collection, tier);
  check({"a", "b", "c"});
}

}  // namespace mayfly::engine
