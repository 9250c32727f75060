// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/row_set.h"
#include "engine/collection.h"
#include "engine/document_indexes.h"
#include "engine/document_store.h"
#include "engine/document_vectors.h"

namespace mayfly::engine {

// The vectors of one tier, and the model that makes them.
struct TierVectors {
  std::shared_ptr<const Model> model;
  DocumentVectors vectors;
  std::uint64_t generation = 0;  // another one each time the tier is given a model
};

// All parts number documents alike: row i of each is the same document.
struct Collection::State {
  // Error(kInvalidArgument) where the tier has no model.
  TierVectors& require_tier(Tier tier);
  std::optional<TierVectors>& slot(Tier tier) {
    return tier == Tier::kStatic ? static_vectors : contextual_vectors;
  }

  // All or none of them.
  void append(std::vector<Document>&& added);
  // Where memory runs out, here and below, the row may have lost words; all parts still number
  // documents alike.
  void replace(std::size_t row, Document&& document);
  void remove(std::size_t row);

  DocumentStore documents;
  DocumentIndexes indexes;
  std::optional<TierVectors> static_vectors, contextual_vectors;
  std::uint64_t next_generation = 1;
};

}  // namespace mayfly::engine
