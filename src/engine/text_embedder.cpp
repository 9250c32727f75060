// SPDX-License-Identifier: Apache-2.0
#include "engine/text_embedder.h"

#include <algorithm>
#include <utility>

#include "base/clock.h"

namespace mayfly::engine {
namespace {

// Texts share a pass up to so many tokens; a longer text has one of its own. Enough to reuse each
// weight many times, few enough that one layer, the time between two looks at the clock, takes
// about ten milliseconds.
constexpr std::size_t kTokensPerPass = 128;

}  // namespace

TextEmbedder::TextEmbedder(std::shared_ptr<const Model> model, std::vector<std::string_view> texts,
                           tokenizer::SpecialTokens special_tokens, Sink sink,
                           std::size_t max_tokens)
    : model_(std::move(model)),
      texts_(std::move(texts)),
      special_tokens_(special_tokens),
      max_tokens_(std::min(max_tokens, model_->max_tokens())),
      sink_(std::move(sink)),
      pass_(model_->sentence_encoder().make_pass()) {}

bool TextEmbedder::step(double budget_ms) {
  const double deadline = monotonic_ms() + budget_ms;
  while (completed_ < texts_.size()) {
    if (in_pass_.empty()) begin_pass();
    if (pass_->step()) finish_pass();
    if (monotonic_ms() >= deadline) break;
  }
  return completed_ == texts_.size();
}

tokenizer::Encoding TextEmbedder::encode(std::size_t text) const {
  tokenizer::EncodeOptions options;
  options.max_length = max_tokens_;
  options.special_tokens = special_tokens_;
  return model_->tokenizer().encode(texts_[text], options);
}

void TextEmbedder::begin_pass() {
  std::vector<tokenizer::Encoding> chosen;
  std::size_t tokens = 0;
  std::optional<tokenizer::Encoding> candidate = std::exchange(next_, std::nullopt);
  for (std::size_t text = completed_; text < texts_.size(); ++text) {
    if (!candidate) candidate = encode(text);
    if (!chosen.empty() && tokens + candidate->ids.size() > kTokensPerPass) break;
    tokens += candidate->ids.size();
    chosen.push_back(*std::exchange(candidate, std::nullopt));
  }
  std::vector<std::span<const tokenizer::TokenId>> sequences;
  for (const tokenizer::Encoding& encoding : chosen) sequences.emplace_back(encoding.ids);
  pass_->begin(sequences);
  first_in_pass_ = completed_;
  in_pass_ = std::move(chosen);
  next_ = std::move(candidate);
}

void TextEmbedder::finish_pass() {
  while (completed_ - first_in_pass_ < in_pass_.size()) {
    const std::size_t sequence = completed_ - first_in_pass_;
    const tokenizer::Encoding& encoding = in_pass_[sequence];
    sink_({completed_, pass_->pooled(sequence), encoding.ids.size(), encoding.dropped});
    ++completed_;
  }
  in_pass_.clear();
}

}  // namespace mayfly::engine
