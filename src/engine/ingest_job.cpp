// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <string>

#include "base/error.h"
#include "engine/collection.h"
#include "engine/collection_state.h"
#include "engine/text_embedder.h"

namespace mayfly::engine {
namespace {

// Ids are the site's own and may be long; a message quotes their beginning.
std::string quoted(std::string_view id) {
  constexpr std::size_t kShown = 80;
  return "\"" + std::string(id.substr(0, kShown)) + (id.size() > kShown ? "...\"" : "\"");
}

void require_distinct_ids(std::span<const DocumentView> documents) {
  std::vector<std::string_view> ids;
  ids.reserve(documents.size());
  for (const DocumentView& document : documents) {
    if (document.id.empty()) {
      throw Error(ErrorCode::kInvalidArgument, "a document has an empty id; give each its own");
    }
    ids.push_back(document.id);
  }
  std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  if (twice != ids.end()) {
    throw Error(ErrorCode::kDuplicateId,
                "the id " + quoted(*twice) + " stands twice in the list; give each its own");
  }
}

void require_applicable(const DocumentStore& store, std::string_view id, IngestMode mode) {
  const bool there = store.find(id) != DocumentStore::kNone;
  if (mode == IngestMode::kAdd && there) {
    throw Error(ErrorCode::kDuplicateId,
                "a document " + quoted(id) + " is already in the collection; update or remove it");
  }
  if (mode == IngestMode::kUpdate && !there) {
    throw Error(ErrorCode::kNotFound,
                "no document " + quoted(id) + " is in the collection; add it");
  }
}

}  // namespace

struct IngestJob::State {
  State(const std::shared_ptr<Collection::State>& collection, std::span<const DocumentView> views,
        IngestMode how, VectorSource source);

  void keep(std::span<const float> vector, std::size_t dropped);
  void commit(Collection::State& collection);
  // Error(kDisposed) when the collection is gone.
  std::shared_ptr<Collection::State> require_target() const;

  std::weak_ptr<Collection::State> target;
  IngestMode mode;
  std::size_t size;
  std::vector<Document> documents;
  index::FlatIndex vectors;              // of the documents that are done
  std::optional<TextEmbedder> embedder;  // unless the vectors are supplied
  std::size_t truncated = 0;
  bool committed = false;

 private:
  std::vector<std::string_view> copy(std::span<const DocumentView> views);
};

IngestJob::State::State(const std::shared_ptr<Collection::State>& collection,
                        std::span<const DocumentView> views, IngestMode how, VectorSource source)
    : target(collection), mode(how), size(views.size()), vectors(collection->model->dim()) {
  std::vector<std::string_view> texts = copy(views);
  if (source == VectorSource::kSupplied) return;
  embedder.emplace(
      collection->model, std::move(texts), tokenizer::SpecialTokens::kText,
      [this](const TextEmbedder::Result& result) { keep(result.vector, result.dropped); });
}

std::vector<std::string_view> IngestJob::State::copy(std::span<const DocumentView> views) {
  documents.reserve(views.size());
  std::vector<std::string_view> texts;
  texts.reserve(views.size());
  for (const DocumentView& view : views) {
    texts.push_back(documents.emplace_back(view).view().text);
  }
  return texts;
}

// Of the first document without a vector.
void IngestJob::State::keep(std::span<const float> vector, std::size_t dropped) {
  const std::size_t document = vectors.size();
  vectors.append(vector);
  documents[document].dropped = dropped;
  truncated += dropped > 0 ? 1 : 0;
}

std::shared_ptr<Collection::State> IngestJob::State::require_target() const {
  auto collection = target.lock();
  if (!collection) {
    throw Error(ErrorCode::kDisposed,
                "the collection was disposed while documents were being added to it");
  }
  return collection;
}

// Everything that can fail, want of memory included, comes before the first change.
void IngestJob::State::commit(Collection::State& collection) {
  for (const Document& document : documents) {
    require_applicable(collection.documents, document.view().id, mode);
  }
  if (mode == IngestMode::kAdd) {
    const std::size_t total = collection.documents.size() + documents.size();
    collection.documents.reserve(total);
    collection.vectors.reserve(total);
    for (Document& document : documents) collection.documents.append(std::move(document));
    collection.vectors.append(vectors);
  } else {
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const std::size_t row = collection.documents.find(documents[i].view().id);
      collection.documents.replace(row, std::move(documents[i]));
      collection.vectors.replace(row, vectors, i);
    }
  }
  documents.clear();
  vectors.clear();
  committed = true;
}

IngestJob::IngestJob(Collection& collection, std::span<const DocumentView> documents,
                     IngestMode mode, VectorSource source) {
  require_distinct_ids(documents);
  for (const DocumentView& document : documents) {
    require_applicable(collection.state_->documents, document.id, mode);
  }
  state_ = std::make_unique<State>(collection.state_, documents, mode, source);
}

IngestJob::~IngestJob() = default;

void IngestJob::supply(std::string_view fingerprint, std::span<const float> vectors,
                       std::span<const std::uint32_t> dropped) {
  if (state_->embedder || dropped.size() > size() - completed()) {
    throw Error(ErrorCode::kInvalidArgument,
                "vectors were supplied for more documents than wait for them; supply one for each");
  }
  const auto collection = state_->require_target();
  if (fingerprint != collection->model->fingerprint()) {
    throw Error(ErrorCode::kSpaceMismatch,
                "vectors were supplied that another model made; embed with the collection's model");
  }
  const std::size_t dim = collection->model->dim();
  if (vectors.size() != dropped.size() * dim) {
    throw Error(ErrorCode::kDimensionMismatch,
                "the supplied vectors have not " + std::to_string(dim) + " values each");
  }
  for (std::size_t i = 0; i < dropped.size(); ++i) {
    state_->keep(vectors.subspan(i * dim, dim), dropped[i]);
  }
}

bool IngestJob::step(double budget_ms) {
  if (state_->committed) return true;
  const auto collection = state_->require_target();
  if (state_->embedder) state_->embedder->step(budget_ms);
  if (completed() < size()) return false;
  state_->commit(*collection);
  return true;
}

std::size_t IngestJob::size() const { return state_->size; }

std::size_t IngestJob::completed() const {
  return state_->committed ? size() : state_->vectors.size();
}

std::size_t IngestJob::truncated() const { return state_->truncated; }

}  // namespace mayfly::engine
