// SPDX-License-Identifier: Apache-2.0
#include "engine/collection.h"

#include <utility>

#include "attributes/select.h"
#include "base/error.h"
#include "engine/collection_ranking.h"
#include "engine/collection_state.h"

namespace mayfly::engine {

TierVectors& Collection::State::require_tier(Tier tier) {
  if (tier != Tier::kLexical && slot(tier)) return *slot(tier);
  throw Error(ErrorCode::kInvalidArgument, "the collection has no model of that tier; set one");
}

void Collection::State::append(std::vector<Document>&& added) {
  std::vector<DocumentView> views;
  views.reserve(added.size());
  for (const Document& document : added) views.push_back(document.view());
  const std::size_t total = documents.size() + added.size();
  documents.reserve(total);
  // Empty rows of vectors: what fails here is undone by giving them up again.
  const std::size_t before = documents.size();
  try {
    for (auto* tier : {&static_vectors, &contextual_vectors}) {
      if (*tier) (*tier)->vectors.append_pending(added.size());
    }
    indexes.append(views);
  } catch (...) {
    for (auto* tier : {&static_vectors, &contextual_vectors}) {
      while (*tier && (*tier)->vectors.size() > before) {
        (*tier)->vectors.remove((*tier)->vectors.size() - 1);
      }
    }
    throw;
  }
  for (Document& document : added) documents.append(std::move(document));
}

void Collection::State::replace(std::size_t row, Document&& document) {
  indexes.replace(row, document.view());
  for (auto* tier : {&static_vectors, &contextual_vectors}) {
    if (*tier) (*tier)->vectors.make_pending(row);
  }
  documents.replace(row, std::move(document));
}

void Collection::State::remove(std::size_t row) {
  indexes.remove(row);  // first: the only part that allocates
  documents.remove(row);
  for (auto* tier : {&static_vectors, &contextual_vectors}) {
    if (*tier) (*tier)->vectors.remove(row);
  }
}

Collection::Collection() : state_(std::make_shared<State>()) {}

Collection::~Collection() = default;

void Collection::set_model(Tier tier, std::shared_ptr<const Model> model) {
  if (tier == Tier::kLexical || model == nullptr) {
    throw Error(ErrorCode::kInvalidArgument, "words need no model; set one of another tier");
  }
  TierVectors fresh{model, DocumentVectors(model->dim()), state_->next_generation++};
  fresh.vectors.append_pending(size());
  state_->slot(tier) = std::move(fresh);
  if (tier != Tier::kContextual) return;
  for (std::size_t row = 0; row < size(); ++row) state_->documents.set_dropped(row, 0);
}

std::size_t Collection::size() const { return state_->documents.size(); }

bool Collection::contains(std::string_view id) const {
  return state_->documents.find(id) != DocumentStore::kNone;
}

std::size_t Collection::pending_count(Tier tier) const {
  if (tier == Tier::kLexical) return 0;
  const auto& vectors = state_->slot(tier);
  return vectors ? vectors->vectors.pending_count() : size();
}

std::vector<SearchHit> Collection::search(const SearchRequest& request) const {
  return ranked_hits(
      {state_->documents, state_->indexes, state_->static_vectors, state_->contextual_vectors},
      request);
}

std::vector<attributes::FacetCount> Collection::facets(std::string_view key,
                                                       std::string_view filter) const {
  const attributes::AttributeTable& table = state_->indexes.attributes();
  const RowSet rows = attributes::select(table, filter.empty() ? "{}" : filter);
  return attributes::facet_counts(table, key, rows);
}

std::size_t Collection::remove(std::span<const std::string_view> ids) {
  const std::size_t before = size();
  for (const std::string_view id : ids) {
    const std::size_t row = state_->documents.find(id);
    if (row != DocumentStore::kNone) state_->remove(row);
  }
  return before - size();
}

void Collection::clear() {
  state_->documents.clear();
  state_->indexes.clear();
  for (auto* tier : {&state_->static_vectors, &state_->contextual_vectors}) {
    if (*tier) (*tier)->vectors.clear();
  }
}

}  // namespace mayfly::engine
