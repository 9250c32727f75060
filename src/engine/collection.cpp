// SPDX-License-Identifier: Apache-2.0
#include "engine/collection.h"

#include "base/error.h"
#include "engine/collection_state.h"

namespace mayfly::engine {

Collection::Collection(std::shared_ptr<const Model> model)
    : state_(std::make_shared<State>(std::move(model))) {}

Collection::~Collection() = default;

std::size_t Collection::size() const { return state_->documents.size(); }

bool Collection::contains(std::string_view id) const {
  return state_->documents.find(id) != DocumentStore::kNone;
}

const Model& Collection::model() const { return *state_->model; }

std::vector<SearchHit> Collection::search(std::span<const float> query,
                                          std::string_view fingerprint, std::size_t k) const {
  if (fingerprint != state_->model->fingerprint()) {
    throw Error(ErrorCode::kSpaceMismatch,
                "the query was embedded by another model than the collection; embed it with the "
                "collection's model");
  }
  std::vector<SearchHit> hits;
  for (const index::RowHit& hit : state_->vectors.search(query, k)) {
    const Document& document = state_->documents.at(hit.row);
    hits.push_back({document.view(), hit.score, document.dropped});
  }
  return hits;
}

std::size_t Collection::remove(std::span<const std::string_view> ids) {
  const std::size_t before = size();
  for (const std::string_view id : ids) {
    const std::size_t row = state_->documents.find(id);
    if (row == DocumentStore::kNone) continue;
    state_->documents.remove(row);
    state_->vectors.remove(row);
  }
  return before - size();
}

void Collection::clear() {
  state_->documents.clear();
  state_->vectors.clear();
}

}  // namespace mayfly::engine
