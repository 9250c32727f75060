// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <CLI/CLI.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/zeroing_allocator.h"
#include "engine/document_view.h"
#include "engine/model.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::cli {

struct EmbeddedTexts {
  std::size_t dim = 0;
  SecureVector<float> vectors;       // [texts, dim], unit length
  std::vector<std::size_t> dropped;  // [texts] tokens beyond the model's limit

  std::span<const float> vector(std::size_t text) const {
    return {vectors.data() + text * dim, dim};
  }
  std::size_t truncated_count() const;
};

// Embeds many texts with several threads that share the model. The result does not depend on their
// number: a text's vector never depends on what is embedded beside it.
class BulkEmbedder {
 public:
  // Adds --threads to a command.
  void add_option(CLI::App& command);

  // `what` names the texts in the progress line, e.g. "passages".
  EmbeddedTexts embed(const std::shared_ptr<const engine::Model>& model,
                      std::span<const std::string_view> texts,
                      tokenizer::SpecialTokens special_tokens, const std::string& what) const;
  // The passages of all documents by late chunking (engine::LateChunker), one after the other.
  EmbeddedTexts embed_late(const engine::Model& model,
                           std::span<const engine::DocumentView> documents,
                           tokenizer::SpecialTokens special_tokens) const;

 private:
  std::size_t threads_ = 0;  // 0: one per processor
};

}  // namespace mayfly::cli
