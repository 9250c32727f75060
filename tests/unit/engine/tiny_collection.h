// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <string_view>
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

// A request and the vectors that it borrows.
struct Query {
  std::string text;
  std::vector<float> static_vector, contextual_vector;
  engine::SearchRequest request;

  Query(std::string words, engine::SearchMode mode, const ModelPointer& contextual,
        const ModelPointer& static_model = nullptr)
      : text(std::move(words)) {
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

}  // namespace mayfly::testing
