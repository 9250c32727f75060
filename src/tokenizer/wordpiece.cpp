// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/wordpiece.h"

#include <string>

#include "base/error.h"

namespace mayfly::tokenizer {

WordPiece::WordPiece(const Vocabulary& vocabulary, std::string_view unknown,
                     std::string_view prefix, std::size_t max_characters)
    : index_(vocabulary, prefix), max_characters_(max_characters) {
  for (std::size_t id = 0; id < vocabulary.size(); ++id) {
    if (!index_.insert(static_cast<TokenId>(id))) {
      throw Error(ErrorCode::kInvalidTokenizer, "the tokenizer's vocabulary has token " +
                                                    std::to_string(id) +
                                                    " twice; get the model from its publisher");
    }
  }
  unknown_id_ = index_.find(unknown);
  if (unknown_id_ == TokenIndex::kNone) {
    throw Error(ErrorCode::kInvalidTokenizer,
                "the tokenizer's vocabulary lacks its own unk_token; get the model from its "
                "publisher");
  }
}

void WordPiece::split(std::string_view word, std::vector<Piece>& pieces) const {
  pieces.clear();
  for (std::size_t begin = 0; begin < word.size();) {
    const std::string_view rest = word.substr(begin);
    const TokenIndex::Match match =
        begin == 0 ? index_.longest_match(rest) : index_.longest_match_after_prefix(rest);
    if (match.id == TokenIndex::kNone) {
      pieces.assign(1, {unknown_id_, 0, word.size()});
      return;
    }
    pieces.push_back({match.id, begin, begin + match.byte_count});
    begin += match.byte_count;
  }
}

}  // namespace mayfly::tokenizer
