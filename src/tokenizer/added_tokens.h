// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tokenizer/token_index.h"

namespace mayfly::tokenizer {

// An entry of tokenizer.json's added_tokens.
struct AddedToken {
  TokenId id = 0;
  std::string content;
  bool special = false;
  bool single_word = false;  // not between word characters
  bool lstrip = false;       // takes the white space before it
  bool rstrip = false;       // takes the white space behind it
  bool normalized = false;   // looked for in the normalized text
};

// Finds added tokens in a text as the reference does: from the left, of several at one place the
// longest, never overlapping.
class AddedTokenMatcher {
 public:
  // A part of the text: bytes [begin, end), never empty, and the added token that it is, or
  // TokenIndex::kNone for ordinary text.
  struct Piece {
    std::size_t begin, end;
    TokenId id;
  };

  AddedTokenMatcher();
  AddedTokenMatcher(const AddedTokenMatcher&) = delete;  // the index refers to patterns_
  AddedTokenMatcher& operator=(const AddedTokenMatcher&) = delete;

  // `patterns[i]` is what the text must contain for `tokens[i]`; the first of equal ones is found.
  // To be called once. Error(kInvalidTokenizer): a pattern is empty or too long.
  void set(std::vector<AddedToken> tokens, const std::vector<std::string>& patterns);

  bool empty() const { return tokens_.empty(); }

  // Replaces `pieces` by those of `utf8`. With SpecialTokens::kText, special tokens are ordinary
  // text.
  void split(std::string_view utf8, SpecialTokens special_tokens, std::vector<Piece>& pieces) const;

 private:
  bool stands_alone(std::string_view utf8, std::size_t begin, std::size_t end) const;

  std::vector<AddedToken> tokens_;
  Vocabulary patterns_;
  std::vector<TokenIndex> index_;       // one, once set
  std::array<bool, 256> first_byte_{};  // some pattern begins with it
};

}  // namespace mayfly::tokenizer
