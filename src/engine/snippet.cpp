// SPDX-License-Identifier: Apache-2.0
#include "engine/snippet.h"

#include <algorithm>

#include "engine/text_embedder.h"
#include "text/sentences.h"

namespace mayfly::engine {
namespace {

// What one match is worth beside a cosine, 0..1: words decide, meaning breaks ties between them.
constexpr float kMatchWorth = 0.5f;
// Matches of a sentence that count: a sentence is not better for saying a word ten times.
constexpr std::size_t kMostMatches = 3;

// The cosines of the sentences and the query. Takes microseconds each, and is done at once.
std::vector<float> cosines(const std::vector<std::string_view>& sentences,
                           const std::shared_ptr<const Model>& model,
                           std::span<const float> query) {
  std::vector<float> result(sentences.size());
  if (query.empty()) return result;
  TextEmbedder embedder(model, sentences, tokenizer::SpecialTokens::kText,
                        [&](const TextEmbedder::Result& sentence) {
                          float dot = 0;
                          for (std::size_t i = 0; i < query.size(); ++i) {
                            dot += sentence.vector[i] * query[i];
                          }
                          result[sentence.text] = dot;
                        });
  while (!embedder.step(10.0)) {
  }
  return result;
}

}  // namespace

ByteRange choose_snippet(std::string_view text, ByteRange within,
                         std::span<const lexical::TextRange> matches,
                         const std::shared_ptr<const Model>& model, std::span<const float> query) {
  const std::string_view part = text.substr(within.begin, within.end - within.begin);
  const auto sentences = text::split_sentences(part, kSnippetBytes);
  if (sentences.empty()) return within;
  std::vector<std::string_view> texts;
  for (const auto& sentence : sentences) {
    texts.push_back(part.substr(sentence.begin, sentence.end - sentence.begin));
  }
  std::vector<float> scores = cosines(texts, model, query);
  std::size_t match = 0;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const std::size_t begin = within.begin + sentences[i].begin;
    const std::size_t end = within.begin + sentences[i].end;
    std::size_t count = 0;
    for (; match < matches.size() && matches[match].begin < end; ++match) {
      count += matches[match].begin >= begin ? 1 : 0;
    }
    scores[i] += kMatchWorth * static_cast<float>(std::min(count, kMostMatches));
  }
  const auto best =
      static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  std::size_t last = best;
  while (last + 1 < sentences.size() &&
         sentences[last + 1].end - sentences[best].begin <= kSnippetBytes) {
    ++last;
  }
  return {within.begin + sentences[best].begin, within.begin + sentences[last].end};
}

}  // namespace mayfly::engine
