// SPDX-License-Identifier: Apache-2.0
#include "engine/ingest_job.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "unit/engine/thrown_code.h"
#include "unit/engine/tiny_collection.h"

namespace mayfly::engine {
namespace {

using testing::add;
using testing::Documents;
using testing::Ids;
using testing::ids_of;
using testing::Numbered;
using testing::Query;
using testing::remove;
using testing::run;
using testing::thrown_code;
using testing::update;

Ids by_words(const Collection& collection, const std::string& words, std::size_t k = 10) {
  Query query(words, SearchMode::kLexical, nullptr);
  query.request.k = k;
  return ids_of(collection.search(query.request));
}

auto ingest_code(Collection& collection, const Documents& documents, IngestMode mode) {
  return thrown_code([&] { IngestJob(collection, documents, mode); });
}

}  // namespace

TEST_CASE("documents are found by their words from the step on that adds them", "[engine]") {
  Collection collection;
  const Numbered many(100);
  IngestJob job(collection, many.documents, IngestMode::kAdd);
  CHECK(collection.size() == 0);
  bool done = false;
  while (!done) {
    done = job.step(0);
    REQUIRE(collection.size() == job.completed());
    REQUIRE(by_words(collection, "dog", 1000).size() == job.completed());
    REQUIRE(done == (job.completed() == job.size()));
  }
  CHECK(collection.size() == 100);
  CHECK(job.step(0));
  CHECK(collection.size() == 100);
}

TEST_CASE("a job copies its documents", "[engine]") {
  Collection collection;
  std::string id = "1", text = "the cat sat";
  const DocumentView document{id, text, ""};
  IngestJob job(collection, {&document, 1}, IngestMode::kAdd);
  id = text = "overwritten";
  run(job);
  CHECK(by_words(collection, "cat") == Ids{"1"});
}

TEST_CASE("a dropped job takes back what it added and nothing else", "[engine]") {
  Collection collection;
  add(collection, {{"old", "cat", ""}});
  {
    const Numbered many(100);
    IngestJob dropped(collection, many.documents, IngestMode::kAdd);
    CHECK_FALSE(dropped.step(0));
    REQUIRE(dropped.completed() >= 2);
    add(collection, {{"new", "cat", ""}});
    remove(collection, "0");
    add(collection, {{"0", "cat", ""}});       // the id of one of the job's, but not its document
    update(collection, {{"1", "cat x", ""}});  // still the job's document
  }
  CHECK(collection.size() == 3);
  CHECK(by_words(collection, "cat") == Ids{"old", "new", "0"});
  CHECK(by_words(collection, "dog").empty());
}

TEST_CASE("a job that completed takes nothing back", "[engine]") {
  Collection collection;
  { add(collection, {{"1", "cat", ""}}); }
  CHECK(collection.size() == 1);
  add(collection, {});
  CHECK(collection.size() == 1);
}

TEST_CASE(
    "a job that meets an id that came meanwhile fails, takes back what it added and stays "
    "failed",
    "[engine]") {
  Collection collection;
  const Numbered many(100);
  IngestJob job(collection, many.documents, IngestMode::kAdd);
  CHECK_FALSE(job.step(0));
  add(collection, {{"99", "cat", ""}});
  CHECK(thrown_code([&] { run(job); }) == ErrorCode::kDuplicateId);
  CHECK(collection.size() == 1);
  CHECK(job.completed() == 0);
  CHECK(thrown_code([&] { job.step(0); }) == ErrorCode::kInvalidArgument);
  CHECK(collection.size() == 1);
  CHECK(by_words(collection, "cat") == Ids{"99"});
}

TEST_CASE("an update is one step", "[engine]") {
  Collection collection;
  const Numbered many(100);
  add(collection, many.documents);
  Documents changed = many.documents;
  for (DocumentView& document : changed) document.text = "cat";
  IngestJob job(collection, changed, IngestMode::kUpdate);
  CHECK(by_words(collection, "cat").empty());
  CHECK(job.step(0));
  CHECK(job.completed() == 100);
  CHECK(by_words(collection, "cat", 1000).size() == 100);
  CHECK(by_words(collection, "dog").empty());
}

TEST_CASE("ids that clash, are missing or are empty are refused before any work", "[engine]") {
  Collection collection;
  add(collection, {{"1", "cat", ""}});
  CHECK(ingest_code(collection, {{"2", "x", ""}, {"1", "x", ""}}, IngestMode::kAdd) ==
        ErrorCode::kDuplicateId);
  CHECK(ingest_code(collection, {{"2", "x", ""}, {"2", "y", ""}}, IngestMode::kAdd) ==
        ErrorCode::kDuplicateId);
  CHECK(ingest_code(collection, {{"1", "x", ""}, {"1", "y", ""}}, IngestMode::kUpdate) ==
        ErrorCode::kDuplicateId);
  CHECK(ingest_code(collection, {{"1", "x", ""}, {"2", "y", ""}}, IngestMode::kUpdate) ==
        ErrorCode::kNotFound);
  CHECK(ingest_code(collection, {{"", "x", ""}}, IngestMode::kAdd) == ErrorCode::kInvalidArgument);
  CHECK(collection.size() == 1);
}

TEST_CASE("of two jobs that add the same id the second fails and changes nothing", "[engine]") {
  Collection collection;
  IngestJob first(collection, Documents{{"1", "cat", ""}}, IngestMode::kAdd);
  IngestJob second(collection, Documents{{"2", "dog", ""}, {"1", "x", ""}}, IngestMode::kAdd);
  run(first);
  CHECK(thrown_code([&] { run(second); }) == ErrorCode::kDuplicateId);
  CHECK(collection.size() == 1);
  CHECK_FALSE(collection.contains("2"));
}

TEST_CASE("an update of a document that was removed meanwhile fails and changes nothing",
          "[engine]") {
  Collection collection;
  add(collection, {{"1", "cat", ""}, {"2", "dog", ""}});
  IngestJob job(collection, Documents{{"1", "x", ""}, {"2", "y", ""}}, IngestMode::kUpdate);
  remove(collection, "2");
  CHECK(thrown_code([&] { run(job); }) == ErrorCode::kNotFound);
  CHECK(by_words(collection, "cat") == Ids{"1"});
  CHECK(collection.size() == 1);
}

TEST_CASE("a job whose collection is gone says so", "[engine]") {
  std::optional<Collection> collection(std::in_place);
  const Numbered many(100);
  IngestJob job(*collection, many.documents, IngestMode::kAdd);
  CHECK_FALSE(job.step(0));
  collection.reset();
  CHECK(thrown_code([&] { job.step(5); }) == ErrorCode::kDisposed);
}

}  // namespace mayfly::engine
