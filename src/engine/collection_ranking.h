// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "engine/collection.h"
#include "engine/collection_state.h"

namespace mayfly::engine {

// The parts of a collection that answer a query.
struct SearchedParts {
  const DocumentStore& documents;
  const DocumentIndexes& indexes;
  const std::optional<TierVectors>& static_vectors;
  const std::optional<TierVectors>& contextual_vectors;
};

// Error(kSpaceMismatch) for a query that another model embedded than the tier's.
void require_space(const QueryEmbedding& query, const std::optional<TierVectors>& vectors);

// As Collection::search.
std::vector<SearchHit> ranked_hits(const SearchedParts& parts, const SearchRequest& request);

// What the transformer should read first for this query, at most `count` rows: the best by words
// and the best by static vectors in turn, related or not. Re-ranked, 50 and 50 of them have the
// quality of the transformer over everything (docs/decisions/fusion.md).
std::vector<std::size_t> candidate_rows(const SearchedParts& parts, const SearchRequest& request,
                                        std::size_t count);

}  // namespace mayfly::engine
