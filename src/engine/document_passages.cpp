// SPDX-License-Identifier: Apache-2.0
#include "engine/document_passages.h"

#include <cstdint>

#include "text/sentences.h"

namespace mayfly::engine {
namespace {

// About 100 tokens of prose, 200 of code. Longer than most sentences; what is longer, a table or
// code, is cut somewhere, so that passages stay within what the model reads.
constexpr std::size_t kMaxSentenceBytes = 480;

}  // namespace

std::vector<std::string> document_passages(const tokenizer::Tokenizer& tokenizer,
                                           std::string_view title, std::string_view body,
                                           const text::PassageLimits& limits) {
  const auto sentences = text::split_sentences(body, kMaxSentenceBytes);
  std::vector<std::uint32_t> tokens;
  tokenizer::EncodeOptions plain;
  plain.add_template = false;
  for (const text::Sentence& sentence : sentences) {
    const auto part = body.substr(sentence.begin, sentence.end - sentence.begin);
    tokens.push_back(static_cast<std::uint32_t>(tokenizer.encode(part, plain).ids.size()));
  }
  std::vector<std::string> passages;
  for (const text::PassageRange& range : text::join_sentences(sentences, tokens, limits)) {
    const std::size_t begin = sentences[range.first_sentence].begin;
    const std::size_t end = sentences[range.first_sentence + range.sentence_count - 1].end;
    passages.emplace_back(title);
    if (!title.empty()) passages.back() += ' ';
    passages.back() += body.substr(begin, end - begin);
  }
  if (passages.empty()) passages.emplace_back(title);
  return passages;
}

}  // namespace mayfly::engine
