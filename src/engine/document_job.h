// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"
#include "engine/document_embedder.h"

namespace mayfly::engine {

// Embeds documents for a collection that lives elsewhere: what FillJob::supply takes, in slices.
class DocumentJob {
 public:
  DocumentJob(std::shared_ptr<const Model> model, std::span<const DocumentView> documents);

  // As TextEmbedder::step.
  bool step(double budget_ms) { return embedder_.step(budget_ms); }
  std::size_t size() const { return embedder_.size(); }
  std::size_t completed() const { return embedder_.completed(); }

  // Of the completed documents; see SuppliedVectors.
  std::span<const float> vectors() const { return vectors_; }
  std::span<const std::uint32_t> passages() const { return passages_; }
  std::span<const std::uint32_t> dropped() const { return dropped_; }
  std::span<const std::uint32_t> hashes() const { return hashes_; }  // of all

 private:
  SecureVector<float> vectors_;
  std::vector<std::uint32_t> passages_, dropped_, hashes_;
  DocumentEmbedder embedder_;
};

}  // namespace mayfly::engine
