// SPDX-License-Identifier: Apache-2.0
#include "engine/document_embedder.h"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "engine/document_passages.h"
#include "unit/engine/tiny_collection.h"

namespace mayfly::engine {
namespace {

using testing::Documents;
using testing::ModelPointer;
using testing::run;

struct Embedded {
  std::vector<float> vectors;
  std::size_t dropped;
  bool operator==(const Embedded&) const = default;
};

std::string long_text() {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "The cat sat on the mat. X y z. ";
  return text;
}

Documents sample(const std::string& text) {
  return {{"1", "the cat sat", "", "dogs", ""},
          {"2", text, "", "x", "y\nz"},
          {"3", "", "", "", ""},
          {"4", text, "", "", ""},
          {"5", "a b c", "", "", "mat"}};
}

std::vector<Embedded> embed(const ModelPointer& model, const Documents& documents,
                            double budget_ms) {
  std::vector<Embedded> all;
  DocumentEmbedder embedder(model, documents, [&](const DocumentEmbedder::Result& result) {
    REQUIRE(result.document == all.size());
    all.push_back({{result.vectors.begin(), result.vectors.end()}, result.dropped});
  });
  CHECK(embedder.size() == documents.size());
  while (!embedder.step(budget_ms)) REQUIRE(embedder.completed() <= all.size());
  CHECK(embedder.completed() == documents.size());
  return all;
}

}  // namespace

TEST_CASE("a document's vectors are those of its passages' texts, bit for bit", "[engine]") {
  const std::string text = long_text();
  const Documents documents = sample(text);
  for (const ModelPointer& model : {testing::tiny_transformer(), testing::tiny_static()}) {
    const auto embedded = embed(model, documents, 5);
    REQUIRE(embedded.size() == documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const auto texts = document_passages(model->tokenizer(), documents[i]);
      EmbedJob job(model, std::vector<std::string_view>(texts.begin(), texts.end()));
      run(job);
      Embedded expected{{}, 0};
      for (std::size_t j = 0; j < texts.size(); ++j) {
        const auto vector = job.vector(j);
        expected.vectors.insert(expected.vectors.end(), vector.begin(), vector.end());
        expected.dropped += job.dropped(j);
      }
      CHECK(embedded[i] == expected);
    }
    CHECK(embedded[1].vectors.size() > model->dim());
  }
}

TEST_CASE("slices and neighbours do not matter to a document's vectors", "[engine]") {
  const std::string text = long_text();
  const Documents documents = sample(text);
  const auto model = testing::tiny_transformer();
  const auto at_once = embed(model, documents, 1e6);
  CHECK(embed(model, documents, 0) == at_once);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    CHECK(embed(model, {documents[i]}, 0) == std::vector<Embedded>{at_once[i]});
  }
  CHECK(embed(model, {}, 0).empty());
}

TEST_CASE("after a sink that threw the same document comes again, whole", "[engine]") {
  const std::string text = long_text();
  const Documents documents = sample(text);
  const auto model = testing::tiny_transformer();
  std::vector<Embedded> all;
  bool thrown = false;
  DocumentEmbedder embedder(model, documents, [&](const DocumentEmbedder::Result& result) {
    thrown = !thrown;
    if (thrown) throw std::runtime_error("no room");
    all.push_back({{result.vectors.begin(), result.vectors.end()}, result.dropped});
  });
  std::size_t exceptions = 0;
  for (bool done = false; !done;) {
    try {
      done = embedder.step(1e6);
    } catch (const std::runtime_error&) {
      ++exceptions;
    }
  }
  CHECK(exceptions == documents.size());
  CHECK(all == embed(model, documents, 1e6));
}

TEST_CASE("the content hash tells documents apart by title, headings and text only", "[engine]") {
  const std::uint32_t hash = content_hash({"1", "cat", "", "", ""});
  CHECK(content_hash({"2", "cat", "other", "", ""}) == hash);
  CHECK(content_hash({"1", "", "", "cat", ""}) != hash);
  CHECK(content_hash({"1", "", "", "", "cat"}) != hash);
  CHECK(content_hash({"1", "Cat", "", "", ""}) != hash);
  CHECK(content_hash({"1", "t", "", "ca", ""}) != content_hash({"1", "at", "", "c", ""}));
  CHECK(content_hash({"1", "b", "", "", "a"}) != content_hash({"1", "b", "", "a", ""}));
  // FNV-1a of FF FF FF and of FF FF "a" FF, by another implementation.
  CHECK(content_hash({"1", "", "", "", ""}) == 0x8F6284D4u);
  CHECK(content_hash({"1", "a", "", "", ""}) == 0xE4142FDBu);
}

}  // namespace mayfly::engine
