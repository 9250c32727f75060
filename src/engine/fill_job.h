// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/collection.h"
#include "engine/document_embedder.h"

namespace mayfly::engine {

// Vectors of documents that were made elsewhere by an equal model, in the order of the job's
// documents.
struct SuppliedVectors {
  std::string_view fingerprint;             // of that model
  std::span<const float> vectors;           // f32 [passages of all, dim]
  std::span<const std::uint32_t> passages;  // per document, how many of them; at least 1
  std::span<const std::uint32_t> dropped;   // per document, tokens beyond the model's limit
  std::span<const std::uint32_t> hashes;    // per document: content_hash of what was embedded
};

// Gives documents of a collection their vectors of one tier, in slices (see EmbedJob). Each is
// found by them as soon as it has them; what is done stays when the job is dropped. Documents that
// already have vectors, or are removed meanwhile, are passed over; one that is updated meanwhile is
// left waiting. When the tier is given a model meanwhile, all documents wait anew and the job ends
// with Error(kSpaceMismatch): begin another.
class FillJob {
 public:
  // Title and headings included. Passages of documentation have some 90 tokens, so that an answer
  // comes in two thirds of the time; what that costs: docs/decisions/answers-by-tier.md.
  static constexpr std::size_t kExcerptTokens = 64;

  // All documents that wait, in the order of their insertion. Error(kInvalidArgument) where the
  // collection has no model of the tier.
  FillJob(Collection& collection, Tier tier);
  // The documents of these ids, in this order. Unknown ids are passed over.
  FillJob(Collection& collection, Tier tier, std::span<const std::string_view> ids);
  // Of the best `candidates` for this query by what is known without the transformer (see
  // candidate_rows), those that have none of its vectors. Somebody waits for the answer, so of each
  // passage only the first kExcerptTokens are embedded; where that is not all, the document goes on
  // waiting to be embedded in full.
  FillJob(Collection& collection, const SearchRequest& request, std::size_t candidates);
  ~FillJob();

  // Works for about budget_ms milliseconds, at least one step of a pass. True when no document of
  // the job waits any more. Error(kDisposed) when the collection is gone. Where memory runs out it
  // can be called again.
  bool step(double budget_ms);

  // Instead of step(), or after some: takes vectors of the next documents. Vectors of what is not
  // in the collection any more are dropped. True when those of the last document have come.
  // Error(kSpaceMismatch) for another model's; Error(kDimensionMismatch) where counts and values do
  // not fit; Error(kInvalidArgument) for more documents than there are left, a vector that is not
  // of unit length or not finite. After an error drop the job.
  bool supply(const SuppliedVectors& supplied);

  std::size_t size() const { return documents_.size(); }
  std::size_t completed() const { return next_; }
  std::size_t truncated() const { return truncated_; }  // of them, those with dropped tokens

 private:
  struct Wanted {
    std::uint64_t insertion, version;  // 0: not in the collection
  };

  FillJob(std::shared_ptr<Collection::State> target, Tier tier);
  // Error(kDisposed), Error(kSpaceMismatch) as above.
  std::shared_ptr<Collection::State> require_target() const;
  // Its row where that version is still there and waits for what this job makes.
  std::optional<std::size_t> waiting_row(Collection::State& collection, const Wanted& wanted) const;
  void begin_batch(Collection::State& collection);
  void keep(Collection::State& collection, std::size_t row, std::span<const float> vectors,
            std::size_t dropped);

  std::weak_ptr<Collection::State> target_;
  Tier tier_;
  bool excerpts_ = false;
  std::uint64_t generation_;  // of the tier's vectors
  std::vector<Wanted> documents_;
  std::size_t next_ = 0;                        // all before it are done
  std::vector<std::size_t> batch_;              // numbers of documents that are being embedded
  std::unique_ptr<DocumentEmbedder> embedder_;  // of the batch
  std::size_t truncated_ = 0;
};

}  // namespace mayfly::engine
