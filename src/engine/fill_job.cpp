// SPDX-License-Identifier: Apache-2.0
#include "engine/fill_job.h"

#include <algorithm>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "engine/collection_state.h"

namespace mayfly::engine {
namespace {

// Bytes of text that are cut into passages and embedded together: a few passes of the transformer,
// and a millisecond or two of cutting between two looks at the clock.
constexpr std::size_t kBatchBytes = 4096;

}  // namespace

FillJob::FillJob(std::shared_ptr<Collection::State> target, Tier tier)
    : target_(target), tier_(tier) {
  target->require_tier(tier);
}

FillJob::FillJob(Collection& collection, Tier tier) : FillJob(collection.state_, tier) {
  const DocumentStore& documents = collection.state_->documents;
  const DocumentVectors& vectors = collection.state_->require_tier(tier).vectors;
  for (std::size_t row = 0; row < documents.size(); ++row) {
    if (vectors.is_pending(row)) documents_.push_back({documents.at(row).version(), row});
  }
  std::sort(documents_.begin(), documents_.end(),
            [](const Wanted& a, const Wanted& b) { return a.version < b.version; });
}

FillJob::FillJob(Collection& collection, Tier tier, std::span<const std::string_view> ids)
    : FillJob(collection.state_, tier) {
  const DocumentStore& documents = collection.state_->documents;
  documents_.reserve(ids.size());
  for (const std::string_view id : ids) {
    const std::size_t row = documents.find(id);
    const bool found = row != DocumentStore::kNone;
    documents_.push_back({found ? documents.at(row).version() : 0, row});
  }
}

FillJob::FillJob(Collection& collection, const SearchRequest& request, std::size_t candidates)
    : FillJob(collection.state_, Tier::kContextual) {
  SearchRequest early = request;
  early.contextual_embedding = {};
  early.k = candidates;
  if (candidates == 0) return;
  const bool blind = request.mode == SearchMode::kSemantic && early.static_embedding.values.empty();
  if (blind) early.mode = SearchMode::kLexical;  // better than none
  const DocumentStore& documents = collection.state_->documents;
  const DocumentVectors& vectors = collection.state_->contextual_vectors->vectors;
  for (const SearchHit& hit : collection.search(early)) {
    const std::size_t row = documents.find(hit.document.id);
    if (vectors.is_pending(row)) documents_.push_back({documents.at(row).version(), row});
  }
}

FillJob::~FillJob() = default;

std::shared_ptr<Collection::State> FillJob::require_target() const {
  auto collection = target_.lock();
  if (collection) return collection;
  throw Error(ErrorCode::kDisposed,
              "the collection was disposed while its documents were being embedded");
}

std::optional<std::size_t> FillJob::row_of(const Collection::State& collection,
                                           Wanted& wanted) const {
  const DocumentStore& documents = collection.documents;
  if (wanted.version == 0) return std::nullopt;
  const auto is_it = [&](std::size_t row) {
    return row < documents.size() && documents.at(row).version() == wanted.version;
  };
  if (is_it(wanted.row)) return wanted.row;
  // A removal has moved it, or it is gone: one document per removal, so that looking is cheap.
  for (std::size_t row = 0; row < documents.size(); ++row) {
    if (!is_it(row)) continue;
    wanted.row = row;
    return row;
  }
  wanted.version = 0;
  return std::nullopt;
}

void FillJob::begin_batch(Collection::State& collection) {
  TierVectors& tier = collection.require_tier(tier_);
  std::vector<DocumentView> views;
  std::size_t bytes = 0;
  batch_.clear();
  std::size_t number = next_;
  for (; number < documents_.size() && bytes < kBatchBytes; ++number) {
    const auto row = row_of(collection, documents_[number]);
    if (!row || !tier.vectors.is_pending(*row)) continue;
    views.push_back(collection.documents.at(*row).view());
    bytes += views.back().text.size();
    batch_.push_back(number);
  }
  if (batch_.empty()) {
    next_ = number;
    return;
  }
  embedder_ = std::make_unique<DocumentEmbedder>(
      tier.model, views, [this](const DocumentEmbedder::Result& result) {
        const std::size_t done = batch_[result.document];
        keep(*require_target(), documents_[done], result.vectors, result.dropped);
        next_ = done + 1;
      });
}

void FillJob::keep(Collection::State& collection, Wanted& wanted, std::span<const float> vectors,
                   std::size_t dropped) {
  const auto row = row_of(collection, wanted);
  DocumentVectors& tier = collection.require_tier(tier_).vectors;
  if (!row || !tier.is_pending(*row)) return;
  tier.set(*row, vectors);
  if (tier_ == Tier::kContextual) collection.documents.set_dropped(*row, dropped);
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
  std::size_t passages = 0;
  for (const std::uint32_t each : supplied.passages) passages += each;
  const std::size_t dim = tier.model->dim();
  if (supplied.dropped.size() != count || supplied.hashes.size() != count ||
      supplied.vectors.size() != passages * dim) {
    throw Error(ErrorCode::kDimensionMismatch,
                "the supplied vectors do not fit the documents and the model's dimensions");
  }
  std::span<const float> rest = supplied.vectors;
  for (std::size_t i = 0; i < count; ++i, ++next_) {
    const auto vectors = rest.first(supplied.passages[i] * dim);
    rest = rest.subspan(vectors.size());
    Wanted& wanted = documents_[next_];
    const auto row = row_of(*collection, wanted);
    if (!row) continue;
    const DocumentView document = collection->documents.at(*row).view();
    if (content_hash(document) != supplied.hashes[i]) continue;  // updated meanwhile
    keep(*collection, wanted, vectors, supplied.dropped[i]);
  }
  return next_ == documents_.size();
}

}  // namespace mayfly::engine
