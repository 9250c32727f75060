// SPDX-License-Identifier: Apache-2.0
#include "cli/eval_vectors.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "engine/document_passages.h"

namespace mayfly::cli {
namespace {

engine::DocumentView view_of(const Passage& document) {
  return {document.id, document.body(), {}, document.title(), {}};
}

// The passages of all documents, one after the other; fills the document of each.
std::vector<Passage> pieces(VectorKind kind, const engine::Model& model,
                            const std::vector<Passage>& documents,
                            std::vector<std::size_t>& owners) {
  std::vector<Passage> result;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const Passage& document = documents[i];
    if (of_passages(kind)) {
      for (std::string& text : engine::document_passages(model.tokenizer(), view_of(document))) {
        result.push_back({document.id, std::move(text), 0, {}});
      }
    } else {
      result.push_back(document);
    }
    owners.resize(result.size(), i);
  }
  return result;
}

// The passages of all documents with their vectors; fills the document of each passage.
PassageSearch passages_with_vectors(VectorKind kind,
                                    const std::shared_ptr<const engine::Model>& model,
                                    const std::vector<Passage>& documents,
                                    tokenizer::SpecialTokens special_tokens,
                                    const BulkEmbedder& embedder, const VectorOptions& options,
                                    std::vector<std::size_t>& owners) {
  std::vector<Passage> passages = pieces(kind, *model, documents, owners);
  EmbeddedTexts embedded;
  if (kind == VectorKind::kLatePassages) {
    std::vector<engine::DocumentView> views;
    for (const Passage& document : documents) views.push_back(view_of(document));
    embedded = embedder.embed_late(*model, views, special_tokens);
  } else {
    embedded = embedder.embed(model, texts_of(passages), special_tokens, "passages");
  }
  return {*model, std::move(passages), embedded, options};
}

std::vector<std::string_view> texts_of_queries(const std::vector<Query>& queries) {
  std::vector<std::string_view> texts;
  for (const Query& query : queries) texts.emplace_back(query.text);
  return texts;
}

}  // namespace

EmbeddedQueries::EmbeddedQueries(std::shared_ptr<const engine::Model> by,
                                 const std::vector<Query>& queries,
                                 tokenizer::SpecialTokens special_tokens,
                                 const BulkEmbedder& embedder)
    : model(std::move(by)),
      vectors(embedder.embed(model, texts_of_queries(queries), special_tokens, "queries")) {}

Vectors::Vectors(VectorKind kind, std::shared_ptr<const EmbeddedQueries> queries,
                 const std::vector<Passage>& documents, tokenizer::SpecialTokens special_tokens,
                 const BulkEmbedder& embedder, const VectorOptions& options)
    : documents_(documents.size()),
      queries_(std::move(queries)),
      passages_(passages_with_vectors(kind, queries_->model, documents, special_tokens, embedder,
                                      options, owners_)) {}

std::vector<float> Vectors::scores(std::size_t query) const {
  std::vector<float> best(documents_, -1.0f);
  const std::vector<float> cosines = passages_.scores(queries_->vectors.vector(query));
  for (std::size_t i = 0; i < cosines.size(); ++i) {
    best[owners_[i]] = std::max(best[owners_[i]], cosines[i]);
  }
  return best;
}

std::vector<std::string_view> Vectors::best_passages(
    std::size_t query, const std::vector<std::size_t>& documents) const {
  const std::vector<float> cosines = passages_.scores(queries_->vectors.vector(query));
  std::vector<std::string_view> texts;
  for (const std::size_t document : documents) {
    const auto [begin, end] = std::equal_range(owners_.begin(), owners_.end(), document);
    const auto first = cosines.begin() + (begin - owners_.begin());
    const auto best = std::max_element(first, first + (end - begin));
    texts.push_back(passages_.text(static_cast<std::size_t>(best - cosines.begin())));
  }
  return texts;
}

}  // namespace mayfly::cli
