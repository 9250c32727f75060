// SPDX-License-Identifier: Apache-2.0
#include "engine/embed_job.h"

#include <string>

#include "base/error.h"
#include "engine/text_embedder.h"

namespace mayfly::engine {
namespace {

struct TokenCounts {
  std::size_t embedded, dropped;
};

}  // namespace

struct EmbedJob::State {
  State(std::shared_ptr<const Model> model, std::span<const std::string_view> texts,
        tokenizer::SpecialTokens special_tokens);

  SecureVector<char> bytes;     // the texts, one after the other
  SecureVector<float> vectors;  // [completed, dim]
  std::vector<TokenCounts> counts;
  TextEmbedder embedder;

 private:
  std::vector<std::string_view> copy(std::span<const std::string_view> texts);
  void keep(const TextEmbedder::Result& result);
};

EmbedJob::State::State(std::shared_ptr<const Model> model, std::span<const std::string_view> texts,
                       tokenizer::SpecialTokens special_tokens)
    : embedder(std::move(model), copy(texts), special_tokens,
               [this](const TextEmbedder::Result& result) { keep(result); }) {
  // Reserved, because a vector of vectors that grew would need twice the memory.
  vectors.reserve(texts.size() * embedder.model().dim());
  counts.reserve(texts.size());
}

std::vector<std::string_view> EmbedJob::State::copy(std::span<const std::string_view> texts) {
  std::size_t byte_count = 0;
  for (const std::string_view text : texts) byte_count += text.size();
  bytes.reserve(byte_count);
  std::vector<std::string_view> copies;
  copies.reserve(texts.size());
  for (const std::string_view text : texts) {
    const std::size_t begin = bytes.size();
    bytes.insert(bytes.end(), text.begin(), text.end());
    copies.emplace_back(bytes.data() + begin, text.size());
  }
  return copies;
}

void EmbedJob::State::keep(const TextEmbedder::Result& result) {
  vectors.insert(vectors.end(), result.vector.begin(), result.vector.end());
  counts.push_back({result.token_count, result.dropped});
}

EmbedJob::EmbedJob(std::shared_ptr<const Model> model, std::span<const std::string_view> texts,
                   tokenizer::SpecialTokens special_tokens)
    : state_(std::make_unique<State>(std::move(model), texts, special_tokens)) {}

EmbedJob::~EmbedJob() = default;

bool EmbedJob::step(double budget_ms) { return state_->embedder.step(budget_ms); }

std::size_t EmbedJob::size() const { return state_->embedder.size(); }

std::size_t EmbedJob::completed() const { return state_->embedder.completed(); }

const Model& EmbedJob::model() const { return state_->embedder.model(); }

void EmbedJob::require_completed(std::size_t text) const {
  if (text < completed()) return;
  throw Error(ErrorCode::kInvalidArgument,
              "text " + std::to_string(text) + " is not embedded yet; " +
                  std::to_string(completed()) + " of " + std::to_string(size()) + " are");
}

std::span<const float> EmbedJob::vector(std::size_t text) const {
  require_completed(text);
  const std::size_t dim = model().dim();
  return {state_->vectors.data() + text * dim, dim};
}

std::size_t EmbedJob::token_count(std::size_t text) const {
  require_completed(text);
  return state_->counts[text].embedded;
}

std::size_t EmbedJob::dropped(std::size_t text) const {
  require_completed(text);
  return state_->counts[text].dropped;
}

}  // namespace mayfly::engine
