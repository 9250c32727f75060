// SPDX-License-Identifier: Apache-2.0
#include "engine/collection.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "engine/embed_job.h"
#include "unit/engine/thrown_code.h"
#include "unit/model/tiny_model.h"

using mayfly::ErrorCode;
using mayfly::engine::Collection;
using mayfly::engine::DocumentView;
using mayfly::engine::EmbedJob;
using mayfly::engine::IngestJob;
using mayfly::engine::IngestMode;
using mayfly::engine::Model;
using mayfly::testing::thrown_code;
using mayfly::testing::TinyModel;

namespace {

using Documents = std::vector<DocumentView>;

std::shared_ptr<const Model> tiny() { return Model::load(TinyModel().file()); }

void run(IngestJob& job) {
  while (!job.step(5)) {
  }
}

void ingest(Collection& collection, const Documents& documents, IngestMode mode) {
  IngestJob job(collection, documents, mode);
  run(job);
}

auto ingest_code(Collection& collection, const Documents& documents, IngestMode mode) {
  return thrown_code([&] { IngestJob(collection, documents, mode); });
}

std::vector<std::string> search_ids(const Collection& collection, std::string_view query,
                                    std::size_t k) {
  EmbedJob job(std::shared_ptr<const Model>(std::shared_ptr<void>(), &collection.model()),
               {&query, 1});
  while (!job.step(5)) {
  }
  std::vector<std::string> ids;
  const std::string& fingerprint = collection.model().fingerprint();
  for (const auto& hit : collection.search(job.vector(0), fingerprint, k)) {
    ids.emplace_back(hit.document.id);
  }
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a collection finds the passage that a query repeats", "[engine]") {
  Collection collection(tiny());
  ingest(collection,
         {{"1", "the cat sat", "{\"u\":1}"}, {"2", "x y z", ""}, {"3", "dogs on mat", ""}},
         IngestMode::kAdd);
  CHECK(collection.size() == 3);
  CHECK(collection.contains("2"));
  CHECK_FALSE(collection.contains("4"));
  CHECK(search_ids(collection, "x y z", 1) == Ids{"2"});
  CHECK(search_ids(collection, "the cat sat", 1) == Ids{"1"});
  CHECK(search_ids(collection, "the cat sat", 99).size() == 3);
}

TEST_CASE("a hit carries text, metadata, score and the number of dropped tokens", "[engine]") {
  const auto model = tiny();
  Collection collection(model);
  const std::string text = "cat cat cat cat cat cat cat cat cat";
  ingest(collection, {{"long", text, "{\"url\":\"/a\"}"}}, IngestMode::kAdd);
  EmbedJob query(model, std::vector<std::string_view>{text});
  while (!query.step(5)) {
  }
  const auto hits = collection.search(query.vector(0), model->fingerprint(), 1);
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].document.text == text);
  CHECK(hits[0].document.metadata == "{\"url\":\"/a\"}");
  CHECK(hits[0].score == Approx(1.0).margin(0.005));
  CHECK(hits[0].dropped == 3);
}

TEST_CASE("equal passages come in order of insertion, also after an update", "[engine]") {
  Collection collection(tiny());
  ingest(collection, {{"c", "cat", ""}, {"a", "cat", ""}, {"b", "cat", ""}}, IngestMode::kAdd);
  CHECK(search_ids(collection, "cat", 3) == Ids{"c", "a", "b"});
  ingest(collection, {{"c", "dog", ""}}, IngestMode::kUpdate);
  ingest(collection, {{"c", "cat", ""}}, IngestMode::kUpdate);
  CHECK(search_ids(collection, "cat", 3) == Ids{"c", "a", "b"});
  const std::string_view c[] = {"c"};
  CHECK(collection.remove(c) == 1);
  ingest(collection, {{"c", "cat", ""}}, IngestMode::kAdd);
  CHECK(search_ids(collection, "cat", 3) == Ids{"a", "b", "c"});
}

TEST_CASE("an update replaces text, metadata and vector", "[engine]") {
  Collection collection(tiny());
  ingest(collection, {{"1", "the cat sat", "old"}, {"2", "x y z", ""}}, IngestMode::kAdd);
  ingest(collection, {{"1", "dogs on mat", "new"}}, IngestMode::kUpdate);
  CHECK(collection.size() == 2);
  CHECK(search_ids(collection, "dogs on mat", 1) == Ids{"1"});
  EmbedJob query(tiny(), std::vector<std::string_view>{"dogs on mat"});
  while (!query.step(5)) {
  }
  const auto hits = collection.search(query.vector(0), query.model().fingerprint(), 1);
  CHECK(hits[0].document.text == "dogs on mat");
  CHECK(hits[0].document.metadata == "new");
}

TEST_CASE("removed passages are gone and the others stay searchable", "[engine]") {
  Collection collection(tiny());
  ingest(collection, {{"1", "the cat sat", ""}, {"2", "x y z", ""}, {"3", "dogs on mat", ""}},
         IngestMode::kAdd);
  const std::string_view ids[] = {"1", "nothing", "1"};
  CHECK(collection.remove(ids) == 1);
  CHECK(collection.size() == 2);
  CHECK(search_ids(collection, "dogs on mat", 1) == Ids{"3"});
  CHECK(search_ids(collection, "x y z", 9).size() == 2);
  collection.clear();
  CHECK(collection.size() == 0);
  CHECK(search_ids(collection, "x y z", 9).empty());
  ingest(collection, {{"1", "the cat sat", ""}}, IngestMode::kAdd);
  CHECK(search_ids(collection, "x y z", 9) == Ids{"1"});
}

TEST_CASE("a collection shows nothing of a job until its last step", "[engine]") {
  Collection collection(tiny());
  ingest(collection, {{"old", "cat", ""}}, IngestMode::kAdd);
  std::vector<std::string> ids;
  for (int i = 0; i < 100; ++i) ids.push_back(std::to_string(i));
  Documents documents;
  for (const std::string& id : ids) documents.push_back({id, "the dog sat on the mat", ""});
  {
    IngestJob dropped(collection, documents, IngestMode::kAdd);
    CHECK_FALSE(dropped.step(0));
    CHECK(dropped.completed() > 0);
    CHECK(collection.size() == 1);
  }
  CHECK(collection.size() == 1);
  IngestJob job(collection, documents, IngestMode::kAdd);
  while (!job.step(0)) REQUIRE(collection.size() == 1);
  CHECK(collection.size() == 101);
  CHECK(job.completed() == job.size());
  CHECK(job.step(0));
  CHECK(collection.size() == 101);
}

TEST_CASE("a job counts the passages that are longer than the limit", "[engine]") {
  Collection collection(tiny());
  IngestJob job(collection, Documents{{"1", "cat cat cat cat cat cat cat", ""}, {"2", "cat", ""}},
                IngestMode::kAdd);
  run(job);
  CHECK(job.truncated() == 1);
}

TEST_CASE("ids that clash, are missing or are empty are refused before any work", "[engine]") {
  Collection collection(tiny());
  ingest(collection, {{"1", "cat", ""}}, IngestMode::kAdd);
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
  Collection collection(tiny());
  IngestJob first(collection, Documents{{"1", "cat", ""}}, IngestMode::kAdd);
  IngestJob second(collection, Documents{{"2", "dog", ""}, {"1", "x", ""}}, IngestMode::kAdd);
  run(first);
  CHECK(thrown_code([&] { run(second); }) == ErrorCode::kDuplicateId);
  CHECK(collection.size() == 1);
  CHECK_FALSE(collection.contains("2"));
}

TEST_CASE("an update of a passage that was removed meanwhile fails and changes nothing",
          "[engine]") {
  Collection collection(tiny());
  ingest(collection, {{"1", "cat", ""}, {"2", "dog", ""}}, IngestMode::kAdd);
  IngestJob job(collection, Documents{{"1", "x", ""}, {"2", "y", ""}}, IngestMode::kUpdate);
  const std::string_view two[] = {"2"};
  collection.remove(two);
  CHECK(thrown_code([&] { run(job); }) == ErrorCode::kNotFound);
  CHECK(search_ids(collection, "cat", 1) == Ids{"1"});
  CHECK(collection.size() == 1);
}

TEST_CASE("a job whose collection is gone says so", "[engine]") {
  std::optional<Collection> collection(std::in_place, tiny());
  IngestJob job(*collection, Documents{{"1", "cat", ""}}, IngestMode::kAdd);
  collection.reset();
  CHECK(thrown_code([&] { job.step(5); }) == ErrorCode::kDisposed);
}

TEST_CASE("vectors of another model, dimension or length never meet a collection", "[engine]") {
  const auto model = tiny();
  Collection collection(model);
  ingest(collection, {{"1", "cat", ""}}, IngestMode::kAdd);
  std::vector<float> query(16, 0.25F);
  const std::string& own = model->fingerprint();
  CHECK(thrown_code([&] { collection.search(query, own, 1); }) == std::nullopt);
  CHECK(thrown_code([&] { collection.search(query, std::string(64, '1'), 1); }) ==
        ErrorCode::kSpaceMismatch);
  CHECK(thrown_code([&] { collection.search(query, own, 0); }) == ErrorCode::kInvalidArgument);
  query.push_back(0.0F);
  CHECK(thrown_code([&] { collection.search(query, own, 1); }) == ErrorCode::kDimensionMismatch);
  query.assign(16, 1.0F);
  CHECK(thrown_code([&] { collection.search(query, own, 1); }) == ErrorCode::kInvalidArgument);
}
