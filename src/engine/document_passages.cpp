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

void append(SecureVector<char>& bytes, std::string_view text) {
  bytes.insert(bytes.end(), text.begin(), text.end());
}

}  // namespace

SecureVector<char> passage_prefix(const DocumentView& document) {
  SecureVector<char> prefix;
  append(prefix, document.title);
  if (!prefix.empty() && !document.headings.empty()) prefix.push_back(' ');
  append(prefix, document.headings);
  std::replace(prefix.begin(), prefix.end(), '\n', ' ');
  if (prefix.size() > kMaxPrefixBytes) {
    std::size_t end = kMaxPrefixBytes;
    const auto continues = [&](std::size_t at) { return (prefix[at] & 0xC0) == 0x80; };
    while (end > 0 && continues(end)) --end;
    prefix.resize(end);
  }
  if (!prefix.empty()) prefix.push_back(' ');
  return prefix;
}

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

void append_document_passages(const tokenizer::Tokenizer& tokenizer, const DocumentView& document,
                              const text::PassageLimits& limits, SecureVector<char>& bytes,
                              std::vector<std::size_t>& ends) {
  const SecureVector<char> kept = passage_prefix(document);
  const std::string_view prefix(kept.data(), kept.size());
  const auto passages = passage_bytes(tokenizer, document.text, limits);
  for (const auto& [begin, end] : passages) {
    append(bytes, prefix);
    append(bytes, document.text.substr(begin, end - begin));
    ends.push_back(bytes.size());
  }
  if (!passages.empty()) return;
  append(bytes, prefix.substr(0, prefix.find_last_not_of(' ') + 1));
  ends.push_back(bytes.size());
}

std::vector<std::string> document_passages(const tokenizer::Tokenizer& tokenizer,
                                           const DocumentView& document,
                                           const text::PassageLimits& limits) {
  SecureVector<char> bytes;
  std::vector<std::size_t> ends;
  append_document_passages(tokenizer, document, limits, bytes, ends);
  std::vector<std::string> passages;
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    passages.emplace_back(bytes.data() + begin, end - begin);
    begin = end;
  }
  return passages;
}

}  // namespace mayfly::engine
