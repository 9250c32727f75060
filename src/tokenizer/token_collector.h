// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

#include "base/zeroing_allocator.h"
#include "text/bert_characters.h"
#include "text/utf8.h"
#include "tokenizer/wordpiece.h"

namespace mayfly::tokenizer {

// The tokens of one text: takes normalized characters, parts them into words as the reference's
// BertPreTokenizer does (white space separates, punctuation stands alone), words into tokens, and
// keeps the first `room` tokens.
class TokenCollector {
 public:
  TokenCollector(const WordPiece& wordpiece, std::size_t room, Encoding& encoding,
                 bool with_offsets)
      : wordpiece_(wordpiece), room_(room), encoding_(encoding), with_offsets_(with_offsets) {}

  // The sink of BertNormalizer.
  void put(char32_t value, std::uint16_t flags, Offset source) {
    using Characters = text::BertCharacters;
    if ((flags & (Characters::kWhite | Characters::kPunctuation)) == 0) {
      return append(value, source);
    }
    end_word();
    if ((flags & Characters::kWhite) != 0) return;
    append(value, source);
    end_word();
  }

  // To be called at the end of a text or of a part that an added token ends.
  void end_word() {
    if (characters_ > 0) take_word();
  }

  void put_token(TokenId id, Offset offset) {
    if (room_ == 0) {
      ++encoding_.dropped;
      return;
    }
    --room_;
    encoding_.ids.push_back(id);
    if (with_offsets_) encoding_.offsets.push_back(offset);
  }

 private:
  void append(char32_t value, Offset source) {
    if (characters_ == 0) begin_ = source.begin;
    end_ = source.end;
    // Beyond the limit the word is unknown, and nothing but its length and its end matters.
    if (characters_++ >= wordpiece_.max_characters()) return;
    if (word_.size() - byte_count_ < 4) grow();
    const std::uint32_t count = text::encode_utf8(value, word_.data() + byte_count_);
    if (with_offsets_) {
      for (std::uint32_t i = 0; i < count; ++i) sources_[byte_count_ + i] = source;
    }
    byte_count_ += count;
  }

  void grow();
  void take_word();

  const WordPiece& wordpiece_;
  std::size_t room_;
  Encoding& encoding_;
  const bool with_offsets_;

  // The word so far: its first byte_count_ bytes, where each came from (with offsets), and its
  // begin and end in the input.
  SecureVector<char> word_;
  SecureVector<Offset> sources_;
  std::size_t byte_count_ = 0;
  std::size_t characters_ = 0;
  std::uint32_t begin_ = 0, end_ = 0;
  std::vector<WordPiece::Piece> pieces_;
};

}  // namespace mayfly::tokenizer
