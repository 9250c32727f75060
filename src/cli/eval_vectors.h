// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "cli/bulk_embedder.h"
#include "cli/collection_files.h"
#include "cli/passage_search.h"

namespace mayfly::cli {

// Made by which model, of whole documents or of their passages (engine::document_passages).
// kLatePassages: all that the model reads at a time together (engine::LateChunker).
enum class VectorKind { kStatic, kStaticPassages, kContextual, kContextualPassages, kLatePassages };
inline constexpr std::size_t kVectorKinds = 5;

inline bool of_passages(VectorKind kind) {
  return kind == VectorKind::kStaticPassages || kind == VectorKind::kContextualPassages ||
         kind == VectorKind::kLatePassages;
}
inline bool of_static_model(VectorKind kind) {
  return kind == VectorKind::kStatic || kind == VectorKind::kStaticPassages;
}

// A model with the vectors that it makes of all queries.
struct EmbeddedQueries {
  EmbeddedQueries(std::shared_ptr<const engine::Model> by, const std::vector<Query>& queries,
                  tokenizer::SpecialTokens special_tokens, const BulkEmbedder& embedder);

  std::shared_ptr<const engine::Model> model;
  EmbeddedTexts vectors;
};

// One kind of vectors over the collection, with those of all queries.
class Vectors {
 public:
  Vectors(VectorKind kind, std::shared_ptr<const EmbeddedQueries> queries,
          const std::vector<Passage>& documents, tokenizer::SpecialTokens special_tokens,
          const BulkEmbedder& embedder, const VectorOptions& options);

  // [documents] the cosine of each, of its best passage where it has several.
  std::vector<float> scores(std::size_t query) const;
  // Of each of these documents the text of its nearest passage.
  std::vector<std::string_view> best_passages(std::size_t query,
                                              const std::vector<std::size_t>& documents) const;
  const std::shared_ptr<const engine::Model>& model() const { return queries_->model; }
  // What the index does for the k best passages; how many it found.
  std::size_t search(std::size_t query, std::size_t k) const {
    return passages_.search(queries_->vectors.vector(query), k).size();
  }
  std::size_t passage_count() const { return passages_.size(); }
  std::size_t vector_bytes() const { return passages_.vector_bytes(); }

 private:
  std::vector<std::size_t> owners_;  // the document of each passage
  std::size_t documents_;
  std::shared_ptr<const EmbeddedQueries> queries_;
  PassageSearch passages_;
};

// By kind.
using VectorSets = std::array<std::optional<Vectors>, kVectorKinds>;

}  // namespace mayfly::cli
