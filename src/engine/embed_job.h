// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/zeroing_allocator.h"
#include "engine/model.h"

namespace mayfly::engine {

// Embeds texts in slices, so that one thread can answer, cancel and report progress in between:
//   EmbedJob job(model, texts);  while (!job.step(20.0)) { ... }
// A text's vector does not depend on the other texts, their order or the slices.
class EmbedJob {
 public:
  // Copies the texts. Ill-formed UTF-8 becomes U+FFFD; an empty text is embedded as [CLS] [SEP].
  EmbedJob(std::shared_ptr<const Model> model, std::span<const std::string_view> texts,
           tokenizer::SpecialTokens special_tokens = tokenizer::SpecialTokens::kText);
  ~EmbedJob();

  // Works for about budget_ms milliseconds (at least one encoder layer, so that it always moves).
  // True when every text is done.
  bool step(double budget_ms);

  std::size_t size() const;
  // Texts 0..completed()-1 are done.
  std::size_t completed() const;
  const Model& model() const;

  // Of a completed text, else Error(kInvalidArgument):
  std::span<const float> vector(std::size_t text) const;  // f32 [dim], unit length
  std::size_t token_count(std::size_t text) const;        // tokens that were embedded
  std::size_t dropped(std::size_t text) const;            // tokens beyond the model's limit

 private:
  void require_completed(std::size_t text) const;

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mayfly::engine
