// SPDX-License-Identifier: Apache-2.0
#include "engine/document_passages.h"

#include <algorithm>
#include <cstdint>

#include "text/sentences.h"

namespace mayfly::engine {
namespace {

// About 100 tokens of prose, 200 of code. Longer than most sentences; what is longer, a table or
// code, is cut somewhere, so that passages stay within what the model reads.
constexpr std::size_t kMaxSentenceBytes = 480;

// Title and headings in one line, and a space.
std::string passage_prefix(const DocumentView& document) {
  std::string prefix(document.title);
  if (!prefix.empty() && !document.headings.empty()) prefix += ' ';
  prefix += document.headings;
  std::replace(prefix.begin(), prefix.end(), '\n', ' ');
  if (prefix.size() > kMaxPrefixBytes) {
    std::size_t end = kMaxPrefixBytes;
    const auto continues = [&](std::size_t at) { return (prefix[at] & 0xC0) == 0x80; };
    while (end > 0 && continues(end)) --end;
    prefix.resize(end);
  }
  if (!prefix.empty()) prefix += ' ';
  return prefix;
}

}  // namespace

std::vector<PassageBytes> passage_bytes(const tokenizer::Tokenizer& tokenizer,
                                        std::string_view text, const text::PassageLimits& limits) {
  const auto sentences = text::split_sentences(text, kMaxSentenceBytes);
  std::vector<std::uint32_t> tokens;
  tokenizer::EncodeOptions plain;
  plain.add_template = false;
  for (const text::Sentence& sentence : sentences) {
    const auto part = text.substr(sentence.begin, sentence.end - sentence.begin);
    tokens.push_back(static_cast<std::uint32_t>(tokenizer.encode(part, plain).ids.size()));
  }
  std::vector<PassageBytes> passages;
  for (const text::PassageRange& range : text::join_sentences(sentences, tokens, limits)) {
    passages.push_back({sentences[range.first_sentence].begin,
                        sentences[range.first_sentence + range.sentence_count - 1].end});
  }
  return passages;
}

std::vector<std::string> document_passages(const tokenizer::Tokenizer& tokenizer,
                                           const DocumentView& document,
                                           const text::PassageLimits& limits) {
  const std::string prefix = passage_prefix(document);
  std::vector<std::string> passages;
  for (const auto& [begin, end] : passage_bytes(tokenizer, document.text, limits)) {
    passages.push_back(prefix);
    passages.back() += document.text.substr(begin, end - begin);
  }
  if (passages.empty()) passages.emplace_back(prefix.substr(0, prefix.find_last_not_of(' ') + 1));
  return passages;
}

}  // namespace mayfly::engine
