// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "tokenizer/token_index.h"

namespace mayfly::tokenizer {

// WordPiece as BERT has it (Wu et al. 2016, arXiv:1609.08144): a word becomes the longest token it
// begins with, then the longest "##" token that its rest begins with, and so on; a word with a rest
// that no token begins, or of too many characters, is unknown as a whole.
class WordPiece {
 public:
  struct Piece {
    TokenId id;
    std::size_t begin, end;  // bytes of the word
  };

  // The tokens that `vocabulary` has now are the model's; it must outlive the object and keep them.
  // Error(kInvalidTokenizer): two tokens are equal, one is empty or too long, or `unknown` is none.
  WordPiece(const Vocabulary& vocabulary, std::string_view unknown, std::string_view prefix,
            std::size_t max_characters);

  TokenId unknown_id() const { return unknown_id_; }
  std::size_t max_characters() const { return max_characters_; }
  TokenId find(std::string_view token) const { return index_.find(token); }

  // Replaces `pieces` by those of `word`, which is not empty, well-formed UTF-8 and has at most
  // max_characters() code points.
  void split(std::string_view word, std::vector<Piece>& pieces) const;

 private:
  TokenIndex index_;
  TokenId unknown_id_;
  std::size_t max_characters_;
};

}  // namespace mayfly::tokenizer
