// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "encoder/sentence_encoder.h"
#include "engine/model.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::engine {

// Turns texts into vectors, in order and in slices, and hands each on as it is done. Short texts
// share a forward pass; a text's vector does not depend on which.
class TextEmbedder {
 public:
  struct Result {
    std::size_t text;               // its number, 0, 1, 2, ...
    std::span<const float> vector;  // f32 [dim], unit length, valid during the call
    std::size_t token_count;        // tokens that were embedded
    std::size_t dropped;            // tokens beyond the limit
  };
  using Sink = std::function<void(const Result&)>;
  static constexpr std::size_t kNoLimit = ~std::size_t{0};

  // Borrows the texts' bytes: they must outlive the embedder. Of each text at most max_tokens are
  // embedded, and no more than the model's limit.
  TextEmbedder(std::shared_ptr<const Model> model, std::vector<std::string_view> texts,
               tokenizer::SpecialTokens special_tokens, Sink sink,
               std::size_t max_tokens = kNoLimit);

  // Works for about budget_ms milliseconds, at least one step of a pass. True when every text was
  // handed on. After an exception, from the sink too, it goes on with the text that was not.
  bool step(double budget_ms);

  std::size_t size() const { return texts_.size(); }
  std::size_t completed() const { return completed_; }
  const Model& model() const { return *model_; }

 private:
  tokenizer::Encoding encode(std::size_t text) const;
  void begin_pass();
  void finish_pass();

  std::shared_ptr<const Model> model_;
  std::vector<std::string_view> texts_;
  tokenizer::SpecialTokens special_tokens_;
  std::size_t max_tokens_;
  Sink sink_;
  std::unique_ptr<encoder::SentencePass> pass_;
  std::vector<tokenizer::Encoding> in_pass_;  // of the texts from first_in_pass_ on
  std::size_t first_in_pass_ = 0;
  std::optional<tokenizer::Encoding> next_;  // of the text after those, which had no room
  std::size_t completed_ = 0;
};

}  // namespace mayfly::engine
