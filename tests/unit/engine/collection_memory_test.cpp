// SPDX-License-Identifier: Apache-2.0
// What a collection forgets is gone from memory: checked on every block that it ever held.
#include <catch2/catch.hpp>
#include <string>

#include "engine/collection.h"
#include "unit/base/block_recorder.h"
#include "unit/model/tiny_model.h"

using mayfly::engine::Collection;
using mayfly::engine::DocumentView;
using mayfly::engine::IngestJob;
using mayfly::engine::IngestMode;
using mayfly::engine::Model;
using mayfly::testing::BlockRecorder;
using mayfly::testing::TinyModel;

namespace {

void ingest(Collection& collection, std::string_view id, IngestMode mode) {
  const std::string text = "the text of " + std::string(id);
  const std::string metadata = "{\"page\":\"" + std::string(id) + "\"}";
  const DocumentView document{id, text, metadata};
  IngestJob job(collection, {&document, 1}, mode);
  while (!job.step(5)) {
  }
}

}  // namespace

TEST_CASE("every block of a collection and its jobs is zero when it is freed", "[engine]") {
  const auto model = Model::load(TinyModel().file());
  BlockRecorder recorder;
  {
    Collection collection(model);
    for (int i = 0; i < 300; ++i) ingest(collection, "page" + std::to_string(i), IngestMode::kAdd);
    ingest(collection, "page7", IngestMode::kUpdate);
    const std::string_view removed[] = {"page3", "page299"};
    collection.remove(removed);
    collection.clear();
    ingest(collection, "page1", IngestMode::kAdd);
  }
  CHECK(recorder.live() == 0);
  CHECK(recorder.freed() > 300);
  CHECK(recorder.freed_dirty() == 0);
}

TEST_CASE("a removed or replaced passage is in no live block", "[engine]") {
  const auto model = Model::load(TinyModel().file());
  BlockRecorder recorder;
  Collection collection(model);
  ingest(collection, "alpha", IngestMode::kAdd);
  ingest(collection, "omega", IngestMode::kAdd);
  CHECK(recorder.holds("the text of alpha"));
  const std::string_view alpha[] = {"alpha"};
  collection.remove(alpha);
  CHECK_FALSE(recorder.holds("alpha"));
  CHECK(recorder.holds("the text of omega"));
  collection.clear();
  CHECK_FALSE(recorder.holds("omega"));
}
