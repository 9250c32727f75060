// SPDX-License-Identifier: Apache-2.0
#include "engine/ingest_job.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/sort_numbers.h"
#include "engine/collection_state.h"

namespace mayfly::engine {
namespace {

// Ids are the site's own and may be long; a message quotes their beginning.
std::string quoted(std::string_view id) {
  constexpr std::size_t kShown = 80;
  return "\"" + std::string(id.substr(0, kShown)) + (id.size() > kShown ? "...\"" : "\"");
}

void require_distinct_ids(std::span<const DocumentView> documents) {
  for (const DocumentView& document : documents) {
    if (document.id.empty()) {
      throw Error(ErrorCode::kInvalidArgument, "a document has an empty id; give each its own");
    }
  }
  const auto order = sorted_order(documents.size(), [&](std::uint32_t a, std::uint32_t b) {
    return documents[a].id < documents[b].id;
  });
  for (std::size_t i = 1; i < order.size(); ++i) {
    const std::string_view id = documents[order[i]].id;
    if (id != documents[order[i - 1]].id) continue;
    throw Error(ErrorCode::kDuplicateId,
                "the id " + quoted(id) + " stands twice in the list; give each its own");
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

// Documents that are added between two looks at the clock: about a millisecond's work.
constexpr std::size_t kBatch = 8;

}  // namespace

struct IngestJob::State {
  // Error(kDisposed) when the collection is gone.
  std::shared_ptr<Collection::State> require_target() const;
  void require_all_applicable(const Collection::State& collection) const;
  void add_batch(Collection::State& collection);
  void update(Collection::State& collection);
  void take_back() noexcept;

  std::weak_ptr<Collection::State> target;
  IngestMode mode;
  std::size_t size = 0;
  std::vector<Document> documents;   // those from `completed` on are not in the collection yet
  std::vector<std::uint64_t> added;  // their insertions, for taking them back
  std::size_t completed = 0;
  bool failed = false;
};

std::shared_ptr<Collection::State> IngestJob::State::require_target() const {
  auto collection = target.lock();
  if (!collection) {
    throw Error(ErrorCode::kDisposed,
                "the collection was disposed while documents were being added to it");
  }
  return collection;
}

void IngestJob::State::require_all_applicable(const Collection::State& collection) const {
  for (const Document& document : documents) {
    require_applicable(collection.documents, document.view().id, mode);
  }
}

void IngestJob::State::add_batch(Collection::State& collection) {
  const std::size_t count = std::min(kBatch, size - completed), first = collection.documents.size();
  std::vector<Document> batch;
  batch.reserve(count);
  for (std::size_t i = completed; i < completed + count; ++i) {
    require_applicable(collection.documents, documents[i].view().id, mode);
  }
  for (std::size_t i = completed; i < completed + count; ++i) {
    batch.push_back(std::move(documents[i]));
  }
  collection.append(std::move(batch));
  for (std::size_t row = first; row < first + count; ++row) {
    added.push_back(collection.documents.at(row).insertion());  // reserved
  }
  completed += count;
}

void IngestJob::State::update(Collection::State& collection) {
  for (Document& document : documents) {
    collection.replace(collection.documents.find(document.view().id), std::move(document));
  }
  completed = size;
}

// The last first. By insertion, since another may have removed one and added its id again.
void IngestJob::State::take_back() noexcept {
  const auto collection = target.lock();
  if (!collection || completed == size) return;
  for (; !added.empty(); added.pop_back()) {
    const std::size_t row = collection->documents.find_insertion(added.back());
    if (row != DocumentStore::kNone) collection->remove(row);
  }
  completed = 0;
}

IngestJob::IngestJob(Collection& collection, std::span<const DocumentView> documents,
                     IngestMode mode) {
  require_distinct_ids(documents);
  for (const DocumentView& document : documents) {
    require_applicable(collection.state_->documents, document.id, mode);
  }
  state_ = std::make_unique<State>();
  state_->target = collection.state_;
  state_->mode = mode;
  state_->size = documents.size();
  state_->documents.reserve(documents.size());
  for (const DocumentView& document : documents) {
    state_->documents.emplace_back(document);
  }
  state_->added.reserve(mode == IngestMode::kAdd ? documents.size() : 0);
}

IngestJob::~IngestJob() { state_->take_back(); }

bool IngestJob::step(double budget_ms) {
  State& job = *state_;
  if (job.completed == job.size) return true;
  const auto collection = job.require_target();
  if (job.failed) {
    throw Error(ErrorCode::kInvalidArgument, "documents could not be added; begin another job");
  }
  const double deadline = monotonic_ms() + budget_ms;
  try {
    if (job.completed == 0) job.require_all_applicable(*collection);
    if (job.mode == IngestMode::kUpdate) job.update(*collection);
    while (job.completed < job.size) {
      job.add_batch(*collection);
      if (monotonic_ms() >= deadline) break;
    }
  } catch (...) {
    job.take_back();
    job.failed = true;
    throw;
  }
  if (job.completed < job.size) return false;
  job.documents.clear();
  job.added.clear();
  return true;
}

std::size_t IngestJob::size() const { return state_->size; }

std::size_t IngestJob::completed() const { return state_->completed; }

}  // namespace mayfly::engine
