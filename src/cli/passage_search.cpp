// SPDX-License-Identifier: Apache-2.0
#include "cli/passage_search.h"

#include <cstdio>
#include <utility>

#include "cli/progress.h"

namespace mayfly::cli {

PassageSearch::PassageSearch(const engine::Model& model, std::vector<Passage> passages,
                             const EmbeddedTexts& embedded, const VectorOptions& vectors)
    : passages_(std::move(passages)),
      exact_(!vectors.approximate()),
      index_(model.dim(), passages_.size(), vectors) {
  for (std::size_t i = 0; i < passages_.size(); ++i) index_.append(embedded.vector(i));
  truncated_count_ = embedded.truncated_count();
  if (truncated_count_ > 0) {
    std::fprintf(stderr,
                 "note: %s of %s passages are longer than %zu tokens; only their "
                 "beginnings are searched\n",
                 with_thousands(truncated_count_).c_str(), with_thousands(passages_.size()).c_str(),
                 model.max_tokens());
  }
}

std::vector<PassageSearch::Hit> PassageSearch::search(std::span<const float> query,
                                                      std::size_t k) const {
  std::vector<Hit> hits;
  for (const index::RowHit& hit : index_.search(query, k)) {
    hits.push_back({passages_[hit.row].id, hit.score});
  }
  return hits;
}

std::vector<float> PassageSearch::scores(std::span<const float> query) const {
  std::vector<float> scores(size(), -1.0f);
  if (size() == 0) return scores;
  const std::size_t k = exact_ ? size() : kApproximateHits;
  for (const index::RowHit& hit : index_.search(query, k)) scores[hit.row] = hit.score;
  return scores;
}

}  // namespace mayfly::cli
