// SPDX-License-Identifier: Apache-2.0
#include "engine/fill_job.h"

#include <algorithm>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "base/sort_numbers.h"
#include "engine/collection_ranking.h"
#include "engine/collection_state.h"

namespace mayfly::engine {
namespace {

// Bytes of text that are cut into passages and embedded together: a few passes of the transformer,
// and a millisecond or two of cutting between two looks at the clock.
constexpr std::size_t kBatchBytes = 4096;

}  // namespace

FillJob::FillJob(std::shared_ptr<Collection::State> target, Tier tier)
    : target_(target), tier_(tier), generation_(target->require_tier(tier).generation) {}

FillJob::FillJob(Collection& collection, Tier tier) : FillJob(collection.state_, tier) {
  const DocumentStore& documents = collection.state_->documents;
  const DocumentVectors& vectors = collection.state_->require_tier(tier).vectors;
  documents_.reserve(vectors.pending_count());
  for (std::size_t row = 0; row < documents.size(); ++row) {
    const Document& document = documents.at(row);
    if (vectors.is_pending(row)) documents_.push_back({document.insertion(), document.version()});
  }
  documents_ =
      rearranged(std::move(documents_), sorted_order(documents_.size(), [&](auto a, auto b) {
                   return documents_[a].insertion < documents_[b].insertion;
                 }));
}

FillJob::FillJob(Collection& collection, Tier tier, std::span<const std::string_view> ids)
    : FillJob(collection.state_, tier) {
  const DocumentStore& documents = collection.state_->documents;
  documents_.reserve(ids.size());
  for (const std::string_view id : ids) {
    const std::size_t row = documents.find(id);
    if (row == DocumentStore::kNone) {
      documents_.push_back({0, 0});
    } else {
      documents_.push_back({documents.at(row).insertion(), documents.at(row).version()});
    }
  }
}

FillJob::FillJob(Collection& collection, const SearchRequest& request, std::size_t candidates)
    : FillJob(collection.state_, Tier::kContextual) {
  excerpts_ = collection.state_->contextual_vectors->model->max_tokens() > kExcerptTokens;
  const Collection::State& state = *collection.state_;
  const SearchedParts parts{state.documents, state.indexes, state.static_vectors,
                            state.contextual_vectors};
  for (const std::size_t row : candidate_rows(parts, request, candidates)) {
    if (state.contextual_vectors->vectors.has_vectors(row)) continue;
    documents_.push_back({state.documents.at(row).insertion(), state.documents.at(row).version()});
  }
}

FillJob::~FillJob() = default;

std::shared_ptr<Collection::State> FillJob::require_target() const {
  auto collection = target_.lock();
  if (!collection) {
    throw Error(ErrorCode::kDisposed,
                "the collection was disposed while its documents were being embedded");
  }
  if (collection->require_tier(tier_).generation != generation_) {
    throw Error(ErrorCode::kSpaceMismatch,
                "the collection was given another model while its documents were being embedded; "
                "embed them anew");
  }
  return collection;
}

std::optional<std::size_t> FillJob::waiting_row(Collection::State& collection,
                                                const Wanted& wanted) const {
  const std::size_t row = collection.documents.find_insertion(wanted.insertion);
  if (row == DocumentStore::kNone) return std::nullopt;
  if (collection.documents.at(row).version() != wanted.version) return std::nullopt;
  const DocumentVectors& vectors = collection.require_tier(tier_).vectors;
  const bool waits = excerpts_ ? !vectors.has_vectors(row) : vectors.is_pending(row);
  return waits ? std::optional(row) : std::nullopt;
}

void FillJob::begin_batch(Collection::State& collection) {
  std::vector<DocumentView> views;
  std::size_t bytes = 0;
  batch_.clear();
  std::size_t number = next_;
  for (; number < documents_.size() && bytes < kBatchBytes; ++number) {
    const auto row = waiting_row(collection, documents_[number]);
    if (!row) continue;
    views.push_back(collection.documents.at(*row).view());
    bytes += views.back().text.size();
    batch_.push_back(number);
  }
  if (batch_.empty()) {
    next_ = number;
    return;
  }
  embedder_ = std::make_unique<DocumentEmbedder>(
      collection.require_tier(tier_).model, views,
      [this](const DocumentEmbedder::Result& result) {
        const std::size_t done = batch_[result.document];
        const auto target = require_target();
        const auto row = waiting_row(*target, documents_[done]);
        if (row) keep(*target, *row, result.vectors, result.dropped);
        next_ = done + 1;
      },
      excerpts_ ? kExcerptTokens : TextEmbedder::kNoLimit);
}

void FillJob::keep(Collection::State& collection, std::size_t row, std::span<const float> vectors,
                   std::size_t dropped) {
  const bool complete = !excerpts_ || dropped == 0;
  collection.require_tier(tier_).vectors.set(row, vectors, collection.documents.at(row).insertion(),
                                             complete);
  if (!complete) return;
  if (tier_ == Tier::kContextual) collection.documents.set_dropped(row, dropped);
  truncated_ += dropped > 0 ? 1 : 0;
}

bool FillJob::step(double budget_ms) {
  const auto collection = require_target();
  const double deadline = monotonic_ms() + budget_ms;
  while (next_ < documents_.size()) {
    if (!embedder_) begin_batch(*collection);
    if (embedder_ && embedder_->step(std::max(0.0, deadline - monotonic_ms()))) embedder_.reset();
    if (monotonic_ms() >= deadline) break;
  }
  return next_ == documents_.size() && !embedder_;
}

bool FillJob::supply(const SuppliedVectors& supplied) {
  const auto collection = require_target();
  const TierVectors& tier = collection->require_tier(tier_);
  if (supplied.fingerprint != tier.model->fingerprint()) {
    throw Error(ErrorCode::kSpaceMismatch,
                "vectors were supplied that another model made; embed with the collection's model");
  }
  const std::size_t count = supplied.passages.size();
  if (count > documents_.size() - next_) {
    throw Error(ErrorCode::kInvalidArgument,
                "vectors were supplied for more documents than wait for them; supply one for each");
  }
  const std::size_t dim = tier.model->dim();
  // Subtracted, because a sum may overflow.
  std::size_t left = supplied.vectors.size() / dim;
  bool fits = supplied.vectors.size() % dim == 0 && supplied.dropped.size() == count &&
              supplied.hashes.size() == count;
  for (const std::uint32_t each : supplied.passages) {
    fits = fits && each > 0 && each <= left;
    left -= fits ? each : 0;
  }
  if (!fits || left > 0) {
    throw Error(ErrorCode::kDimensionMismatch,
                "the supplied vectors do not fit the documents and the model's dimensions");
  }
  embedder_.reset();  // what step() had begun
  std::span<const float> rest = supplied.vectors;
  for (std::size_t i = 0; i < count; ++i, ++next_) {
    const auto vectors = rest.first(supplied.passages[i] * dim);
    rest = rest.subspan(vectors.size());
    const auto row = waiting_row(*collection, documents_[next_]);
    if (!row) continue;
    const DocumentView document = collection->documents.at(*row).view();
    if (content_hash(document) != supplied.hashes[i]) continue;  // updated meanwhile
    keep(*collection, *row, vectors, supplied.dropped[i]);
  }
  return next_ == documents_.size();
}

}  // namespace mayfly::engine
