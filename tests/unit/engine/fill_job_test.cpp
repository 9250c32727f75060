// SPDX-License-Identifier: Apache-2.0
#include "engine/fill_job.h"

#include <catch2/catch.hpp>
#include <optional>
#include <random>
#include <set>
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
using testing::remove;
using testing::run;
using testing::thrown_code;
using testing::update;

constexpr Tier kTier = Tier::kContextual;

ModelPointer model() {
  static const ModelPointer tiny = testing::tiny_transformer();
  return tiny;
}

// Ids of the documents that have vectors, in order of insertion.
std::set<std::string> embedded(const Collection& collection) {
  Query query("cat", SearchMode::kSemantic, model());
  query.request.k = 100'000;
  std::set<std::string> ids;
  for (const auto& hit : collection.search(query.request)) ids.emplace(hit.document.id);
  return ids;
}

struct Numbered {
  explicit Numbered(std::size_t count, std::string_view text = "the dog sat on the mat") {
    for (std::size_t i = 0; i < count; ++i) ids.push_back(std::to_string(i));
    for (const std::string& id : ids) documents.push_back({id, text, ""});
  }
  Numbered(const Numbered&) = delete;
  Numbered& operator=(const Numbered&) = delete;
  Ids ids;
  Documents documents;
};

Collection contextual(const Documents& documents) {
  Collection collection;
  collection.set_model(kTier, model());
  add(collection, documents);
  return collection;
}

using Set = std::set<std::string>;

}  // namespace

TEST_CASE("a fill job gives every waiting document vectors, each found as soon as it has them",
          "[engine]") {
  const Numbered many(200);
  Collection collection = contextual(many.documents);
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
  Collection collection = contextual(many.documents);
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
  Collection collection = contextual(many.documents);
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
      contextual({{"1", "cat cat cat cat cat cat cat cat cat", ""}, {"2", "cat", ""}});
  FillJob job(collection, kTier);
  run(job);
  CHECK(job.truncated() == 1);
  for (const auto& hit : collection.search(Query("cat", SearchMode::kSemantic, model()).request)) {
    CHECK(hit.dropped == (hit.document.id == "1" ? 3 : 0));
  }
}

TEST_CASE(
    "documents that change while a job runs are passed over or left waiting, and no other "
    "is missed",
    "[engine]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 10; ++round) {
    const Numbered many(300);
    Collection collection = contextual(many.documents);
    FillJob job(collection, kTier);
    Set removed, updated, back;
    for (bool done = false; !done; done = job.step(0)) {
      const std::string& id = many.ids[random() % many.ids.size()];
      switch (random() % 3) {
        case 0:
          remove(collection, id);
          removed.insert(id);
          updated.erase(id);
          back.erase(id);
          break;
        case 1:
          if (!collection.contains(id)) break;
          update(collection, {{id, "x y z", ""}});
          updated.insert(id);
          break;
        default:
          if (collection.contains(id)) break;
          add(collection, {{id, "a b c", ""}});
          back.insert(id);
      }
    }
    const Set found = embedded(collection);
    for (const std::string& id : many.ids) {
      const bool expected = collection.contains(id) && !updated.contains(id) && !back.contains(id);
      REQUIRE(found.contains(id) == expected);
    }
    REQUIRE(collection.pending_count(kTier) == collection.size() - found.size());
    fill(collection, kTier);
    REQUIRE(embedded(collection).size() == collection.size());
    const Query query("x y z", SearchMode::kSemantic, model());
    for (const auto& hit : collection.search(query.request)) {
      REQUIRE((hit.score > 0.99f) == (hit.document.text == "x y z"));
    }
  }
}

TEST_CASE("a job goes on after thousands of its documents were removed", "[engine]") {
  const Numbered many(20'000, "");
  Collection collection;
  collection.set_model(Tier::kStatic, testing::tiny_static());
  add(collection, many.documents);
  FillJob job(collection, Tier::kStatic);
  job.step(0);
  std::vector<std::string_view> gone;
  for (std::size_t i = 0; i < many.ids.size(); i += 10) gone.push_back(many.ids[i]);
  CHECK(collection.remove(gone) == 2000);
  run(job);
  CHECK(collection.pending_count(Tier::kStatic) == 0);
  CHECK(job.completed() == 20'000);
}

TEST_CASE("two jobs on the same documents leave each document its vectors once", "[engine]") {
  const Numbered many(60);
  Collection collection = contextual(many.documents);
  FillJob first(collection, kTier), second(collection, kTier);
  bool done = false;
  while (!done) {
    done = first.step(0);
    done = second.step(0) && done;
  }
  CHECK(first.completed() == 60);
  CHECK(second.completed() == 60);
  CHECK(collection.pending_count(kTier) == 0);
  CHECK(embedded(collection).size() == 60);
}

TEST_CASE("what a dropped job has done stays", "[engine]") {
  const Numbered many(200);
  Collection collection = contextual(many.documents);
  std::size_t completed = 0;
  {
    FillJob job(collection, kTier);
    while (job.completed() == 0) job.step(0);
    completed = job.completed();
  }
  CHECK(completed < 200);
  CHECK(embedded(collection).size() == completed);
}

TEST_CASE("a job ends when its tier is given a model, the same one included", "[engine]") {
  const Numbered many(200);
  for (const ModelPointer& other : {model(), testing::tiny_static()}) {
    Collection collection = contextual(many.documents);
    FillJob job(collection, kTier), unbegun(collection, kTier);
    job.step(0);
    collection.set_model(kTier, other);
    CHECK(thrown_code([&] { run(job); }) == ErrorCode::kSpaceMismatch);
    CHECK(thrown_code([&] { run(unbegun); }) == ErrorCode::kSpaceMismatch);
    CHECK(collection.pending_count(kTier) == 200);
    fill(collection, kTier);
    CHECK(collection.pending_count(kTier) == 0);
  }
}

TEST_CASE("a job of one tier does not mind the other", "[engine]") {
  const Numbered many(50);
  Collection collection = contextual(many.documents);
  FillJob job(collection, kTier);
  job.step(0);
  collection.set_model(Tier::kStatic, testing::tiny_static());
  run(job);
  CHECK(collection.pending_count(kTier) == 0);
  CHECK(collection.pending_count(Tier::kStatic) == 50);
}

TEST_CASE("a job after clear has nothing to do, and one whose collection is gone says so",
          "[engine]") {
  const Numbered many(200);
  std::optional<Collection> collection(contextual(many.documents));
  FillJob job(*collection, kTier);
  job.step(0);
  collection->clear();
  run(job);
  CHECK(job.completed() == 200);
  add(*collection, many.documents);
  FillJob doomed(*collection, kTier);
  doomed.step(0);
  collection.reset();
  CHECK(thrown_code([&] { doomed.step(5); }) == ErrorCode::kDisposed);
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
  Collection collection = contextual({{"1", "cat", ""},
                                      {"2", "cat the", ""},
                                      {"3", "cat the mat", ""},
                                      {"4", "x", ""},
                                      {"5", "cat the mat on", ""}});
  collection.set_model(Tier::kStatic, early);
  const std::string_view two[] = {"2"};
  FillJob first(collection, kTier, two);
  run(first);

  // By words: shorter documents score more.
  const Query words("cat", SearchMode::kHybrid, model());
  FillJob by_words(collection, words.request, 3);
  CHECK(by_words.size() == 2);
  run(by_words);
  CHECK(embedded(collection) == Set{"1", "2", "3"});
  CHECK(FillJob(collection, words.request, 3).size() == 0);
  CHECK(FillJob(collection, words.request, 0).size() == 0);
  CHECK(FillJob(collection, words.request, 100).size() == 1);  // "5"; "4" has no word of the query

  fill(collection, Tier::kStatic);
  const Query meaning("x", SearchMode::kSemantic, model(), early);
  FillJob by_meaning(collection, meaning.request, 1);
  CHECK(by_meaning.size() == 1);
  run(by_meaning);
  CHECK(embedded(collection) == Set{"1", "2", "3", "4"});
  // A semantic request without a static vector: by words, for want of better.
  const Query blind("mat", SearchMode::kSemantic, model());
  FillJob last(collection, blind.request, 5);
  run(last);
  CHECK(collection.pending_count(kTier) == 0);
}

}  // namespace mayfly::engine
