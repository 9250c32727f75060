// SPDX-License-Identifier: Apache-2.0
// Documents whose vectors another worker made: FillJob::supply.
#include <catch2/catch.hpp>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "engine/document_embedder.h"
#include "unit/engine/thrown_code.h"
#include "unit/engine/tiny_collection.h"

namespace mayfly::engine {
namespace {

using testing::add;
using testing::Documents;
using testing::fill;
using testing::Query;
using testing::remove;
using testing::run;
using testing::thrown_code;
using testing::tiny_transformer;
using testing::update;

constexpr Tier kTier = Tier::kContextual;

// Two short documents around one of so many passages that it takes several passes of the model.
struct Sample {
  Sample() {
    for (int i = 0; i < 600; ++i) text += "The cat sat on the mat. ";
    documents = {{"1", "the cat sat", "{}"}, {"2", text, "", "x", ""}, {"3", "x y z", "m"}};
  }
  std::string text;
  Documents documents;
};

struct Vectors {
  std::string fingerprint;
  std::vector<float> values;
  std::vector<std::uint32_t> passages, dropped, hashes;

  SuppliedVectors view() const { return {fingerprint, values, passages, dropped, hashes}; }
};

// Made by another instance of the model, as another worker's is.
Vectors embed_elsewhere(std::span<const DocumentView> documents) {
  const auto model = tiny_transformer();
  Vectors all{model->fingerprint(), {}, {}, {}, {}};
  DocumentEmbedder embedder(model, documents, [&](const DocumentEmbedder::Result& result) {
    all.values.insert(all.values.end(), result.vectors.begin(), result.vectors.end());
    all.passages.push_back(static_cast<std::uint32_t>(result.vectors.size() / model->dim()));
    all.dropped.push_back(static_cast<std::uint32_t>(result.dropped));
    all.hashes.push_back(content_hash(documents[result.document]));
  });
  run(embedder);
  return all;
}

Collection unfilled(const Documents& documents) {
  Collection collection;
  collection.set_model(kTier, tiny_transformer());
  add(collection, documents);
  return collection;
}

std::vector<SearchHit> search(const Collection& collection, std::string words) {
  return collection.search(
      Query(std::move(words), SearchMode::kSemantic, tiny_transformer()).request);
}

void require_equal(const Collection& found_in, const Collection& expected_in) {
  for (const char* words : {"cat", "x y z", "the cat sat"}) {
    const auto expected = search(expected_in, words), found = search(found_in, words);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].document.id == expected[i].document.id);
      CHECK(found[i].score == expected[i].score);
      CHECK(found[i].dropped == expected[i].dropped);
      CHECK(found[i].passage_begin == expected[i].passage_begin);
      CHECK(found[i].passage_end == expected[i].passage_end);
    }
  }
}

}  // namespace

TEST_CASE("supplied vectors give the collection that embedding gives", "[engine]") {
  const Sample sample;
  Collection embedded = unfilled(sample.documents), supplied = unfilled(sample.documents);
  FillJob here(embedded, kTier);
  run(here);
  FillJob job(supplied, kTier);
  const std::span<const DocumentView> all(sample.documents);
  const Vectors first = embed_elsewhere(all.first(1)), rest = embed_elsewhere(all.subspan(1));
  REQUIRE(rest.passages[0] > 1);
  CHECK_FALSE(job.supply(first.view()));
  CHECK(job.completed() == 1);
  CHECK(supplied.pending_count(kTier) == 2);
  CHECK(job.supply(rest.view()));
  CHECK(job.completed() == 3);
  CHECK(job.truncated() == here.truncated());
  CHECK(job.step(0));
  require_equal(supplied, embedded);
}

TEST_CASE("a job that has begun to embed can be supplied with the rest, and go on after",
          "[engine]") {
  const Sample sample;
  Collection embedded = unfilled(sample.documents);
  fill(embedded, kTier);
  for (const std::size_t count : {1, 2}) {
    Collection supplied = unfilled(sample.documents);
    FillJob job(supplied, kTier);
    job.step(0);
    REQUIRE(job.completed() == 1);  // and the second is half done
    const auto rest = std::span<const DocumentView>(sample.documents).subspan(1);
    CHECK(job.supply(embed_elsewhere(rest.first(count)).view()) == (count == 2));
    CHECK(job.completed() == 1 + count);
    CHECK(job.step(1e6));
    CHECK(job.completed() == 3);
    require_equal(supplied, embedded);
  }
}

TEST_CASE("vectors of a document that was updated or removed meanwhile are passed over",
          "[engine]") {
  const Sample sample;
  Collection collection = unfilled(sample.documents);
  const Vectors made = embed_elsewhere(sample.documents);
  FillJob job(collection, kTier);
  remove(collection, "1");
  update(collection, {{"2", "dogs", ""}});
  CHECK(job.supply(made.view()));
  CHECK(collection.pending_count(kTier) == 1);
  CHECK(search(collection, "x y z")[0].document.id == "3");
  CHECK(search(collection, "x y z").size() == 1);
}

TEST_CASE("vectors of an older text are passed over", "[engine]") {
  const Sample sample;
  Collection collection = unfilled(sample.documents);
  Vectors made = embed_elsewhere(sample.documents);
  ++made.hashes[1];
  FillJob job(collection, kTier);
  CHECK(job.supply(made.view()));
  CHECK(collection.pending_count(kTier) == 1);
  fill(collection, kTier);
  CHECK(collection.pending_count(kTier) == 0);
}

TEST_CASE("what cannot be vectors of the collection's space is refused", "[engine]") {
  const Sample sample;
  const Vectors good = embed_elsewhere(sample.documents);
  const std::size_t dim = good.values.size() / (good.passages[0] + good.passages[1] + 1);
  Collection collection = unfilled(sample.documents);
  const auto code = [&](auto&& spoil) {
    Vectors bad = good;
    spoil(bad);
    collection = unfilled(sample.documents);
    FillJob job(collection, kTier);
    return thrown_code([&] { job.supply(bad.view()); });
  };
  CHECK(code([](Vectors&) {}) == std::nullopt);
  CHECK(collection.pending_count(kTier) == 0);
  CHECK(code([](Vectors& bad) { bad.fingerprint[5] ^= 1; }) == ErrorCode::kSpaceMismatch);
  CHECK(code([](Vectors& bad) { bad.values.pop_back(); }) == ErrorCode::kDimensionMismatch);
  CHECK(code([](Vectors& bad) { bad.dropped.pop_back(); }) == ErrorCode::kDimensionMismatch);
  CHECK(code([](Vectors& bad) { bad.hashes.push_back(0); }) == ErrorCode::kDimensionMismatch);
  CHECK(code([](Vectors& bad) { ++bad.passages[2]; }) == ErrorCode::kDimensionMismatch);
  CHECK(code([](Vectors& bad) {
          bad.passages[1] += bad.passages[0];
          bad.passages[0] = 0;
        }) == ErrorCode::kDimensionMismatch);
  CHECK(code([](Vectors& bad) {  // their sum is right in 32 bits
          bad.passages[0] = 0xFFFFFFFFu;
          bad.passages[2] += 2;
        }) == ErrorCode::kDimensionMismatch);
  CHECK(collection.pending_count(kTier) == 3);
  for (const float value :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 2.0F}) {
    CHECK(code([&](Vectors& bad) { bad.values[dim + 1] = value; }) == ErrorCode::kInvalidArgument);
    CHECK(collection.pending_count(kTier) == 2);
  }
  CHECK(code([&](Vectors& bad) {
          bad.values.insert(bad.values.end(), dim, 0.25F);
          for (auto* numbers : {&bad.passages, &bad.dropped, &bad.hashes}) numbers->push_back(1);
        }) == ErrorCode::kInvalidArgument);
  CHECK(collection.pending_count(kTier) == 3);
}

TEST_CASE("vectors for a collection that is gone, or has another model, are refused", "[engine]") {
  const Sample sample;
  const Vectors made = embed_elsewhere(sample.documents);
  auto doomed = std::make_unique<Collection>(unfilled(sample.documents));
  FillJob job(*doomed, kTier);
  doomed->set_model(kTier, tiny_transformer());
  CHECK(thrown_code([&] { job.supply(made.view()); }) == ErrorCode::kSpaceMismatch);
  doomed.reset();
  CHECK(thrown_code([&] { job.supply(made.view()); }) == ErrorCode::kDisposed);
}

}  // namespace mayfly::engine
