// SPDX-License-Identifier: Apache-2.0
// Which requests a collection refuses, and what its hits point at.
#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "unit/engine/thrown_code.h"
#include "unit/engine/tiny_collection.h"

namespace mayfly::engine {
namespace {

using testing::Documents;
using testing::fill;
using testing::Query;
using testing::shared_static;
using testing::shared_transformer;
using testing::thrown_code;
using testing::tiered;

const Documents kDocuments = {{"1", "the cat sat"}, {"2", "x y z"}, {"3", "dogs on mat"}};

}  // namespace

TEST_CASE("vectors of another model, dimension or length never meet a collection", "[engine]") {
  Collection collection = tiered(kDocuments);
  fill(collection, Tier::kStatic);
  fill(collection, Tier::kContextual);
  for (const Tier tier : {Tier::kStatic, Tier::kContextual}) {
    Query query("cat", SearchMode::kHybrid, nullptr);
    auto& embedding =
        tier == Tier::kStatic ? query.request.static_embedding : query.request.contextual_embedding;
    const std::string own =
        (tier == Tier::kStatic ? shared_static() : shared_transformer())->fingerprint();
    const auto code = [&](const std::vector<float>& values, std::string_view fingerprint) {
      embedding = {values, fingerprint};
      return thrown_code([&] { collection.search(query.request); });
    };
    std::vector<float> values(16, 0.25F);
    CHECK(code(values, own) == std::nullopt);
    CHECK(code(values, std::string(64, '7')) == ErrorCode::kSpaceMismatch);
    CHECK(code(values, "") == ErrorCode::kSpaceMismatch);
    values.push_back(0);
    CHECK(code(values, own) == ErrorCode::kDimensionMismatch);
    CHECK(code(std::vector<float>(16, 1.0F), own) == ErrorCode::kInvalidArgument);
    values.assign(16, std::numeric_limits<float>::quiet_NaN());
    CHECK(code(values, own) == ErrorCode::kInvalidArgument);
  }
  const Collection without;
  const Query query("cat", SearchMode::kHybrid, nullptr, shared_static());
  CHECK(thrown_code([&] { without.search(query.request); }) == ErrorCode::kSpaceMismatch);
}

TEST_CASE("a search for nothing, or by meaning without a vector, is refused", "[engine]") {
  Collection collection = tiered(kDocuments);
  Query query("cat", SearchMode::kHybrid, shared_transformer());
  query.request.k = 0;
  CHECK(thrown_code([&] { collection.search(query.request); }) == ErrorCode::kInvalidArgument);
  const Query blind("cat", SearchMode::kSemantic, nullptr);
  CHECK(thrown_code([&] { collection.search(blind.request); }) == ErrorCode::kInvalidArgument);
}

TEST_CASE("an empty collection finds nothing, and no k is too large", "[engine]") {
  Collection empty = tiered({}), collection = tiered(kDocuments);
  fill(collection, Tier::kStatic);
  fill(collection, Tier::kContextual);
  for (const SearchMode mode : {SearchMode::kHybrid, SearchMode::kSemantic, SearchMode::kLexical}) {
    Query query("the cat sat", mode, shared_transformer(), shared_static());
    CHECK(empty.search(query.request).empty());
    for (const std::size_t k : {std::numeric_limits<std::size_t>::max(),
                                std::numeric_limits<std::size_t>::max() / 2 + 1}) {
      query.request.k = k;
      CHECK(collection.search(query.request)[0].document.id == "1");
    }
  }
}

TEST_CASE("a hit points at the passage that is nearest in meaning", "[engine]") {
  // Passages differ in the words that they begin with: the tiny models read no more.
  std::string cats, dogs, text;
  for (int i = 0; i < 22; ++i) cats += i == 0 ? "Cat cat cat cat cat cat." : " Cat on the mat.";
  for (int i = 0; i < 22; ++i) dogs += i == 0 ? "X y z x y z." : " X on the mat.";
  text = "  " + cats + "\n\n" + dogs + " ";
  Collection collection = tiered({{"1", text}});
  fill(collection, Tier::kStatic);
  fill(collection, Tier::kContextual);
  for (const bool late : {false, true}) {
    for (const char* words : {"cat cat cat cat cat cat", "x y z x y z"}) {
      const Query query(words, SearchMode::kSemantic, late ? shared_transformer() : nullptr,
                        shared_static());
      const auto hits = collection.search(query.request);
      REQUIRE(hits.size() == 1);
      REQUIRE(hits[0].passage_end <= text.size());
      const auto passage = hits[0].document.text.substr(
          hits[0].passage_begin, hits[0].passage_end - hits[0].passage_begin);
      CAPTURE(passage);
      CHECK(passage.substr(0, 5) == (words[0] == 'c' ? "Cat c" : "X y z"));
      CHECK(passage.size() < text.size() - 4);
      CHECK(hits[0].score > 0.98f);
    }
  }
}

TEST_CASE("a document without text points at nothing", "[engine]") {
  Collection collection = tiered({{"1", "", "", "cat"}});
  fill(collection, Tier::kContextual);
  const Query query("cat", SearchMode::kSemantic, shared_transformer());
  const auto hits = collection.search(query.request);
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].passage_begin == 0);
  CHECK(hits[0].passage_end == 0);
}

}  // namespace mayfly::engine
