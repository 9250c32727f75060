// SPDX-License-Identifier: Apache-2.0
#include "engine/fill_job.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "unit/engine/thrown_code.h"
#include "unit/engine/tiny_collection.h"

namespace mayfly::engine {
namespace {

using testing::add;
using testing::contextual_collection;
using testing::Documents;
using testing::embedded;
using testing::fill;
using testing::Numbered;
using testing::Query;
using testing::remove;
using testing::run;
using testing::shared_transformer;
using testing::thrown_code;
using testing::update;

constexpr Tier kTier = Tier::kContextual;

using Set = std::set<std::string>;

// One that reads more tokens than the beginnings that are read for a query.
testing::ModelPointer wide_transformer() {
  testing::TinyModel tiny;
  tiny.position_rows = 100;
  const auto replace = [&](const char* entry, const std::string& old, const std::string& now) {
    std::string& text = tiny.metadata[entry];
    text.replace(text.find(old), old.size(), now);
  };
  replace("config", "\"max_position_embeddings\":12", "\"max_position_embeddings\":100");
  replace("sentence", "\"max_tokens\":8", "\"max_tokens\":96");
  return Model::load(tiny.file());
}

std::string repeated(std::string_view word, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text.append(word).append(" ");
  return text;
}

}  // namespace

TEST_CASE("a fill job gives every waiting document vectors, each found as soon as it has them",
          "[engine]") {
  const Numbered many(200);
  Collection collection = contextual_collection(many.documents);
  FillJob job(collection, kTier);
  CHECK(job.size() == 200);
  for (bool done = false; !done;) {
    done = job.step(0);
    REQUIRE(collection.pending_count(kTier) == 200 - job.completed());
    REQUIRE(done == (job.completed() == 200));
  }
  CHECK(embedded(collection).size() == 200);
  CHECK(job.step(0));
  CHECK(job.truncated() == 0);
  CHECK(FillJob(collection, kTier).size() == 0);
}

TEST_CASE("a fill job goes by insertion, also where rows have moved and documents were updated",
          "[engine]") {
  const std::string text(5000, 'x');  // each a batch of its own
  const Numbered many(5, text);
  Collection collection = contextual_collection(many.documents);
  remove(collection, "0");  // the last moves to its row
  update(collection, {{"1", text, ""}});
  FillJob job(collection, kTier);
  Set before;
  for (const char* id : {"1", "2", "3", "4"}) {
    const std::size_t completed = job.completed();
    while (job.completed() == completed) job.step(0);
    before.insert(id);
    CHECK(embedded(collection) == before);
  }
}

TEST_CASE("a fill job of ids goes by their order and passes over what is unknown", "[engine]") {
  const std::string text(5000, 'x');
  const Numbered many(4, text);
  Collection collection = contextual_collection(many.documents);
  const std::string_view ids[] = {"3", "unknown", "1", "3"};
  FillJob job(collection, kTier, ids);
  CHECK(job.size() == 4);
  while (job.completed() == 0) job.step(0);
  CHECK(embedded(collection) == Set{"3"});
  run(job);
  CHECK(job.completed() == 4);
  CHECK(embedded(collection) == Set{"1", "3"});
  const std::string_view unknown[] = {"a", "b"};
  FillJob idle(collection, kTier, unknown);
  run(idle);
  CHECK(idle.completed() == 2);
}

TEST_CASE("what is dropped of a document is counted and told by its hits", "[engine]") {
  Collection collection =
      contextual_collection({{"1", "cat cat cat cat cat cat cat cat cat", ""}, {"2", "cat", ""}});
  FillJob job(collection, kTier);
  run(job);
  CHECK(job.truncated() == 1);
  for (const auto& hit :
       collection.search(Query("cat", SearchMode::kSemantic, shared_transformer()).request)) {
    CHECK(hit.dropped == (hit.document.id == "1" ? 3 : 0));
  }
}

TEST_CASE("what a dropped job has done stays", "[engine]") {
  const Numbered many(200);
  Collection collection = contextual_collection(many.documents);
  std::size_t completed = 0;
  {
    FillJob job(collection, kTier);
    while (job.completed() == 0) job.step(0);
    completed = job.completed();
  }
  CHECK(completed < 200);
  CHECK(embedded(collection).size() == completed);
}

TEST_CASE("a tier without a model cannot be filled", "[engine]") {
  Collection collection;
  const std::string_view ids[] = {"1"};
  for (const Tier tier : {Tier::kLexical, Tier::kStatic, kTier}) {
    CHECK(thrown_code([&] { FillJob(collection, tier); }) == ErrorCode::kInvalidArgument);
    CHECK(thrown_code([&] { FillJob(collection, tier, ids); }) == ErrorCode::kInvalidArgument);
  }
  const Query query("cat", SearchMode::kHybrid, nullptr);
  CHECK(thrown_code([&] { FillJob(collection, query.request, 5); }) == ErrorCode::kInvalidArgument);
}

TEST_CASE("a job of candidates takes of the early best exactly those that wait", "[engine]") {
  const auto early = testing::tiny_static();
  Collection collection = contextual_collection({{"1", "cat", ""},
                                                 {"2", "cat the", ""},
                                                 {"3", "cat the mat", ""},
                                                 {"4", "x", ""},
                                                 {"5", "cat the mat on", ""}});
  collection.set_model(Tier::kStatic, early);
  const std::string_view two[] = {"2"};
  FillJob first(collection, kTier, two);
  run(first);

  // By words: shorter documents score more.
  const Query words("cat", SearchMode::kHybrid, shared_transformer());
  FillJob by_words(collection, words.request, 3);
  CHECK(by_words.size() == 2);
  run(by_words);
  CHECK(embedded(collection) == Set{"1", "2", "3"});
  CHECK(FillJob(collection, words.request, 3).size() == 0);
  CHECK(FillJob(collection, words.request, 0).size() == 0);
  CHECK(FillJob(collection, words.request, 100).size() == 1);  // "5"; "4" has no word of the query

  fill(collection, Tier::kStatic);
  const Query meaning("x", SearchMode::kSemantic, shared_transformer(), early);
  FillJob by_meaning(collection, meaning.request, 1);
  CHECK(by_meaning.size() == 1);
  run(by_meaning);
  CHECK(embedded(collection) == Set{"1", "2", "3", "4"});
  // A semantic request without a static vector: by words, for want of better.
  const Query blind("mat", SearchMode::kSemantic, shared_transformer());
  FillJob last(collection, blind.request, 5);
  run(last);
  CHECK(collection.pending_count(kTier) == 0);
}

TEST_CASE("of a query's candidates the beginnings are read, and what is longer waits to be read",
          "[engine]") {
  const auto model = wide_transformer();
  constexpr std::size_t kWords = FillJob::kExcerptTokens - 2;  // and the template's tokens
  const std::string beginning = repeated("cat", kWords), whole = beginning + repeated("mat", 30);
  Collection collection;
  collection.set_model(kTier, model);
  add(collection, {{"whole", whole, ""}, {"beginning", beginning, ""}, {"other", "dog", ""}});
  const Query query("cat", SearchMode::kSemantic, model);
  const auto score_of = [&](std::string_view id) {
    for (const auto& hit : collection.search(query.request)) {
      if (hit.document.id == id) return hit.score;
    }
    FAIL(id << " is not found");
    return 0.0f;
  };
  const Query words("cat", SearchMode::kHybrid, model);
  FillJob job(collection, words.request, 10);
  CHECK(job.size() == 2);
  run(job);
  CHECK(job.truncated() == 0);
  CHECK(collection.pending_count(kTier) == 2);  // "whole" and "other"
  CHECK(score_of("whole") == score_of("beginning"));
  CHECK(collection.search(query.request).size() == 2);
  CHECK(FillJob(collection, words.request, 10).size() == 0);  // once is enough

  FillJob rest(collection, kTier);
  CHECK(rest.size() == 2);
  run(rest);
  CHECK(collection.pending_count(kTier) == 0);
  CHECK(score_of("whole") != score_of("beginning"));
  const std::vector<float> expected = testing::embed(model, whole);
  float cosine = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    cosine += expected[i] * query.contextual_vector[i];
  }
  CHECK(score_of("whole") == Approx(cosine).margin(0.02));
}

TEST_CASE("what was read of a candidate goes when the document is updated or removed", "[engine]") {
  const auto model = wide_transformer();
  const std::string text = repeated("cat", 80);
  Collection collection;
  collection.set_model(kTier, model);
  add(collection, {{"1", text, ""}, {"2", text, ""}, {"3", text, ""}});
  const Query words("cat", SearchMode::kHybrid, model);
  const Query query("cat", SearchMode::kSemantic, model);
  FillJob job(collection, words.request, 10);
  run(job);
  FillJob background(collection, kTier);
  update(collection, {{"1", "dog", ""}});
  remove(collection, "2");
  CHECK(testing::ids_of(collection.search(query.request)) == testing::Ids{"3"});
  CHECK(collection.pending_count(kTier) == 2);
  run(background);
  CHECK(collection.pending_count(kTier) == 1);  // "1", which is another text now
  fill(collection, kTier);
  CHECK(collection.pending_count(kTier) == 0);
}

TEST_CASE("a model of few tokens reads all that it can of a candidate", "[engine]") {
  Collection collection = contextual_collection({{"1", repeated("cat", 80), ""}});
  const Query words("cat", SearchMode::kHybrid, shared_transformer());
  FillJob job(collection, words.request, 10);
  run(job);
  CHECK(collection.pending_count(kTier) == 0);
  CHECK(job.truncated() == 1);
}

}  // namespace mayfly::engine
