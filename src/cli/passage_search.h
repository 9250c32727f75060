// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/bulk_embedder.h"
#include "cli/collection_files.h"
#include "cli/model_options.h"
#include "cli/vector_search.h"

namespace mayfly::cli {

// Passages with their vectors in an index, unless told the one that the engine uses: the same hits
// and scores as engine::Collection.
class PassageSearch {
 public:
  // `embedded`: by the model, of each passage in order. Says on standard error how many passages
  // are longer than the model's limit, if any are.
  PassageSearch(const engine::Model& model, std::vector<Passage> passages,
                const EmbeddedTexts& embedded, const VectorOptions& vectors = {});

  struct Hit {
    const std::string& id;
    float score;
  };
  // k >= 1.
  std::vector<Hit> search(std::span<const float> query, std::size_t k) const;

  // [size()] the cosine of each passage, in corpus order; -1 for those that an approximate index
  // does not have among the best kApproximateHits.
  std::vector<float> scores(std::span<const float> query) const;

  static constexpr std::size_t kApproximateHits = 100;

  std::size_t size() const { return passages_.size(); }
  std::string_view text(std::size_t passage) const { return passages_[passage].text; }
  std::size_t vector_bytes() const { return index_.row_bytes(); }
  std::size_t truncated_count() const { return truncated_count_; }

 private:
  std::vector<Passage> passages_;
  bool exact_;
  VectorSearch index_;
  std::size_t truncated_count_ = 0;
};

}  // namespace mayfly::cli
