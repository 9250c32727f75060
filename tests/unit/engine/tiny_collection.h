// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/collection.h"
#include "engine/embed_job.h"
#include "engine/fill_job.h"
#include "engine/ingest_job.h"
#include "unit/model/tiny_model.h"
#include "unit/model/tiny_static_model.h"

namespace mayfly::testing {

using ModelPointer = std::shared_ptr<const engine::Model>;
using Documents = std::vector<engine::DocumentView>;
using Ids = std::vector<std::string>;

// Words that the tiny models know: a b c x y z cat dog(s) the sat on mat. They read 8 tokens, of
// which two are the template's.
inline ModelPointer tiny_transformer() { return engine::Model::load(TinyModel().file()); }

inline ModelPointer tiny_static() {
  TinyStaticModel tiny;
  tiny.metadata["fingerprint"] = std::string(64, '1');
  return engine::Model::load(tiny.file());
}

// The same one each time: loading takes longer than most tests.
inline ModelPointer shared_transformer() {
  static const ModelPointer tiny = tiny_transformer();
  return tiny;
}

inline ModelPointer shared_static() {
  static const ModelPointer tiny = tiny_static();
  return tiny;
}

template <typename Job>
void run(Job& job) {
  while (!job.step(5)) {
  }
}

inline void add(engine::Collection& collection, const Documents& documents) {
  engine::IngestJob job(collection, documents, engine::IngestMode::kAdd);
  run(job);
}

inline void update(engine::Collection& collection, const Documents& documents) {
  engine::IngestJob job(collection, documents, engine::IngestMode::kUpdate);
  run(job);
}

inline void fill(engine::Collection& collection, engine::Tier tier) {
  engine::FillJob job(collection, tier);
  run(job);
}

inline std::size_t remove(engine::Collection& collection, std::string_view id) {
  return collection.remove({&id, 1});
}

// A collection whose contextual tier waits.
inline engine::Collection contextual_collection(const Documents& documents) {
  engine::Collection collection;
  collection.set_model(engine::Tier::kContextual, shared_transformer());
  add(collection, documents);
  return collection;
}

// A collection of both tiers, which wait.
inline engine::Collection tiered(const Documents& documents) {
  engine::Collection collection;
  collection.set_model(engine::Tier::kStatic, tiny_static());
  collection.set_model(engine::Tier::kContextual, tiny_transformer());
  add(collection, documents);
  return collection;
}

inline std::vector<float> embed(const ModelPointer& model, std::string_view text) {
  engine::EmbedJob job(model, {&text, 1});
  run(job);
  return {job.vector(0).begin(), job.vector(0).end()};
}

inline Ids ids_of(const std::vector<engine::SearchHit>& hits) {
  Ids ids;
  for (const auto& hit : hits) ids.emplace_back(hit.document.id);
  return ids;
}

// Documents "0", "1", ... with the same text.
struct Numbered {
  explicit Numbered(std::size_t count, std::string_view text = "the dog sat on the mat") {
    for (std::size_t i = 0; i < count; ++i) ids.push_back(std::to_string(i));
    for (const std::string& id : ids) documents.push_back({id, text});
  }
  Numbered(const Numbered&) = delete;
  Numbered& operator=(const Numbered&) = delete;
  Ids ids;
  Documents documents;
};

// A request and what it borrows.
struct Query {
  std::string text;
  ModelPointer contextual, static_model;
  std::vector<float> static_vector, contextual_vector;
  engine::SearchRequest request;

  Query(std::string words, engine::SearchMode mode, ModelPointer by_contextual,
        ModelPointer by_static = nullptr)
      : text(std::move(words)),
        contextual(std::move(by_contextual)),
        static_model(std::move(by_static)) {
    request.text = text;
    request.mode = mode;
    if (contextual) {
      contextual_vector = embed(contextual, text);
      request.contextual_embedding = {contextual_vector, contextual->fingerprint()};
    }
    if (static_model) {
      static_vector = embed(static_model, text);
      request.static_embedding = {static_vector, static_model->fingerprint()};
    }
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
};

// Ids of the documents that have vectors of the transformer.
inline std::set<std::string> embedded(const engine::Collection& collection) {
  Query query("cat", engine::SearchMode::kSemantic, tiny_transformer());
  query.request.k = 100'000;
  std::set<std::string> ids;
  for (const auto& hit : collection.search(query.request)) ids.emplace(hit.document.id);
  return ids;
}

}  // namespace mayfly::testing
