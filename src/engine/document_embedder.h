// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"
#include "engine/document_view.h"
#include "engine/model.h"
#include "engine/text_embedder.h"

namespace mayfly::engine {

// Names what of a document its vectors depend on: title, headings and text. Tells vectors of an
// older version from those of this one; not for use against an adversary (FNV-1a, 32 bits).
std::uint32_t content_hash(const DocumentView& document);

// Turns documents into the vectors of their passages (engine/document_passages.h), in order and in
// slices.
class DocumentEmbedder {
 public:
  struct Result {
    std::size_t document;            // its number, 0, 1, 2, ...
    std::span<const float> vectors;  // f32 [passages, dim], at least one; valid during the call
    std::size_t dropped;             // tokens of its passages beyond the limit
  };
  using Sink = std::function<void(const Result&)>;

  // Copies what it needs of the documents. Of each passage at most max_tokens are embedded, and no
  // more than the model's limit.
  DocumentEmbedder(std::shared_ptr<const Model> model, std::span<const DocumentView> documents,
                   Sink sink, std::size_t max_tokens = TextEmbedder::kNoLimit);
  DocumentEmbedder(const DocumentEmbedder&) = delete;
  DocumentEmbedder& operator=(const DocumentEmbedder&) = delete;

  // As TextEmbedder::step. After an exception, from the sink too, it goes on with the document that
  // was not handed on.
  bool step(double budget_ms);
  std::size_t size() const { return ends_.size(); }
  std::size_t completed() const { return completed_; }

 private:
  std::vector<std::string_view> cut(const Model& model, std::span<const DocumentView> documents);
  void keep(const TextEmbedder::Result& passage);

  SecureVector<char> bytes_;       // the passages, one after the other
  std::vector<std::size_t> ends_;  // by document: the number of the passage after its last
  SecureVector<float> vectors_;    // of the document that is being embedded
  std::size_t dropped_ = 0;        // the same
  std::size_t completed_ = 0;
  Sink sink_;
  TextEmbedder passages_;
};

}  // namespace mayfly::engine
