// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/token_collector.h"

#include <algorithm>

namespace mayfly::tokenizer {

void TokenCollector::grow() {
  const std::size_t byte_count = std::max<std::size_t>(2 * word_.size(), 512);
  word_.resize(byte_count);
  if (with_offsets_) sources_.resize(byte_count);
}

void TokenCollector::take_word() {
  if (characters_ > wordpiece_.max_characters()) {
    put_token(wordpiece_.unknown_id(), {begin_, end_});
  } else {
    wordpiece_.split({word_.data(), byte_count_}, pieces_);
    for (const WordPiece::Piece& piece : pieces_) {
      const Offset offset = with_offsets_
                                ? Offset{sources_[piece.begin].begin, sources_[piece.end - 1].end}
                                : Offset{};
      put_token(piece.id, offset);
    }
  }
  byte_count_ = 0;
  characters_ = 0;
}

}  // namespace mayfly::tokenizer
