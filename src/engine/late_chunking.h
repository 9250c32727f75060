// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

#include "base/zeroing_allocator.h"
#include "encoder/encoder.h"
#include "engine/document_passages.h"
#include "engine/document_view.h"
#include "engine/model.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::engine {

// Late chunking: Günther et al., "Late Chunking: Contextual Chunk Embeddings Using Long-Context
// Embedding Models" (2024). As many whole passages as the model reads at a time go through the
// transformer together, after the document's title, and each passage's vector is the mean of the
// states of the title and of its own tokens, which have seen the others. A passage that is alone in
// that has the vector that it has without.
class LateChunker {
 public:
  // The model must outlive it. Error(kUnsupportedModel) for one without a transformer.
  explicit LateChunker(const Model& model,
                       tokenizer::SpecialTokens special_tokens = tokenizer::SpecialTokens::kText);

  // f32 [passages, dim], unit length: of the same passages as
  // document_passages() has, in order. Of a passage longer than the model's limit the beginning
  // counts. Error(kInvalidModel) when the weights overflow.
  SecureVector<float> vectors(const DocumentView& document, const text::PassageLimits& limits = {});

 private:
  tokenizer::Encoding encode(std::string_view text) const;
  // Appends the vectors of the first passages that are read whole, at least one; how many.
  std::size_t read_window(std::string_view prefix, std::string_view text,
                          std::span<const PassageBytes> passages, SecureVector<float>& result);

  const Model& model_;
  tokenizer::SpecialTokens special_tokens_;
  encoder::ForwardPass pass_;
};

}  // namespace mayfly::engine
