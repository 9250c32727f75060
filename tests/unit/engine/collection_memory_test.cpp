// SPDX-License-Identifier: Apache-2.0
// What a collection forgets is gone from memory: checked on every block that it ever held.
#include <catch2/catch.hpp>
#include <string>

#include "unit/base/block_recorder.h"
#include "unit/engine/tiny_collection.h"

namespace mayfly::engine {
namespace {

using testing::BlockRecorder;
using testing::fill;
using testing::remove;

void ingest(Collection& collection, std::string_view id, IngestMode mode) {
  const std::string text = "the text of " + std::string(id);
  const std::string metadata = "{\"page\":\"" + std::string(id) + "\"}";
  const DocumentView document{id, text, metadata, text, metadata};
  IngestJob job(collection, {&document, 1}, mode);
  testing::run(job);
}

}  // namespace

TEST_CASE("every block of a collection and its jobs is zero when it is freed", "[engine]") {
  const auto model = testing::tiny_transformer(), early = testing::tiny_static();
  BlockRecorder recorder;
  {
    Collection collection;
    collection.set_model(Tier::kContextual, model);
    collection.set_model(Tier::kStatic, early);
    for (int i = 0; i < 300; ++i) ingest(collection, "page" + std::to_string(i), IngestMode::kAdd);
    fill(collection, Tier::kContextual);
    fill(collection, Tier::kStatic);
    ingest(collection, "page7", IngestMode::kUpdate);
    remove(collection, "page3");
    remove(collection, "page299");
    FillJob(collection, Tier::kStatic).step(0);
    collection.clear();
    ingest(collection, "page1", IngestMode::kAdd);
    fill(collection, Tier::kContextual);
    collection.set_model(Tier::kContextual, model);
  }
  CHECK(recorder.live() == 0);
  CHECK(recorder.freed() > 300);
  CHECK(recorder.freed_dirty() == 0);
}

TEST_CASE("a removed document is in no live block", "[engine]") {
  BlockRecorder recorder;
  Collection collection;
  ingest(collection, "alpha", IngestMode::kAdd);
  ingest(collection, "omega", IngestMode::kAdd);
  CHECK(recorder.holds("the text of alpha"));
  remove(collection, "alpha");
  CHECK_FALSE(recorder.holds("alpha"));
  CHECK(recorder.holds("the text of omega"));
  collection.clear();
  CHECK_FALSE(recorder.holds("omega"));
}

}  // namespace mayfly::engine
