// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/zeroing_allocator.h"
#include "engine/document_view.h"
#include "text/passages.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::engine {

// A passage of a document's text: bytes begin..end of it.
struct PassageBytes {
  std::size_t begin, end;
};

// The text cut at sentences and paragraphs (text::split_sentences and text::join_sentences); none
// where it is blank.
std::vector<PassageBytes> passage_bytes(const tokenizer::Tokenizer& tokenizer,
                                        std::string_view text,
                                        const text::PassageLimits& limits = {});

// Title and headings in one line, and a space: what stands before each passage when it is embedded,
// at most kMaxPrefixBytes (the passage matters more) and the space. Empty without both.
inline constexpr std::size_t kMaxPrefixBytes = 256;
SecureVector<char> passage_prefix(const DocumentView& document);

// Appends the texts that are embedded for a document, at least one, to `bytes`, and to `ends` where
// each of them ends: its passages, each after the title (and
// the headings above the text), so that a passage says what it is about. A vector of a whole page
// says little: the model reads 256 tokens and was trained on fewer.
void append_document_passages(const tokenizer::Tokenizer& tokenizer, const DocumentView& document,
                              const text::PassageLimits& limits, SecureVector<char>& bytes,
                              std::vector<std::size_t>& ends);
// The same, in memory that is not zeroed.
std::vector<std::string> document_passages(const tokenizer::Tokenizer& tokenizer,
                                           const DocumentView& document,
                                           const text::PassageLimits& limits = {});

}  // namespace mayfly::engine
