// SPDX-License-Identifier: Apache-2.0
// What a FillJob does when the collection changes in the middle of it.
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
using testing::contextual_collection;
using testing::Documents;
using testing::embedded;
using testing::fill;
using testing::ModelPointer;
using testing::Numbered;
using testing::Query;
using testing::remove;
using testing::run;
using testing::shared_transformer;
using testing::thrown_code;
using testing::update;

constexpr Tier kTier = Tier::kContextual;

using Set = std::set<std::string>;

}  // namespace

TEST_CASE(
    "documents that change while a job runs are passed over or left waiting, and no other "
    "is missed",
    "[engine]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 10; ++round) {
    const Numbered many(300);
    Collection collection = contextual_collection(many.documents);
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
    const Query query("x y z", SearchMode::kSemantic, shared_transformer());
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
  Collection collection = contextual_collection(many.documents);
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

TEST_CASE("a job ends when its tier is given a model, the same one included", "[engine]") {
  const Numbered many(200);
  for (const ModelPointer& other : {shared_transformer(), testing::tiny_static()}) {
    Collection collection = contextual_collection(many.documents);
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
  Collection collection = contextual_collection(many.documents);
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
  std::optional<Collection> collection(contextual_collection(many.documents));
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

}  // namespace mayfly::engine
