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

// As Collection::search; the rows alone cost less, since nothing is read of the documents.
std::vector<std::size_t> ranked_rows(const SearchedParts& parts, const SearchRequest& request);
std::vector<SearchHit> ranked_hits(const SearchedParts& parts, const SearchRequest& request);

}  // namespace mayfly::engine
