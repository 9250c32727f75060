// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/wordpiece_tokenizer.h"

#include <algorithm>
#include <limits>
#include <string>

#include "base/error.h"
#include "text/utf8.h"
#include "tokenizer/normalized_text.h"

namespace mayfly::tokenizer {

Encoding WordPieceTokenizer::encode(std::string_view utf8, const EncodeOptions& options) const {
  const std::size_t template_count = options.add_template ? before_.size() + after_.size() : 0;
  const std::size_t max_length =
      options.max_length == 0 ? std::numeric_limits<std::size_t>::max() : options.max_length;
  if (max_length < template_count) {
    throw Error(ErrorCode::kInvalidArgument,
                "max_length " + std::to_string(max_length) + " leaves no room for the " +
                    std::to_string(template_count) +
                    " tokens that the model puts around each text; pass at least that many");
  }
  Encoding encoding;
  // Four bytes per token are usual; a text that needs more memory takes it step by step.
  encoding.ids.reserve(std::min(max_length, utf8.size() / 4 + template_count + 1));
  const auto add_template = [&](const std::vector<TokenId>& ids) {
    if (!options.add_template) return;
    encoding.ids.insert(encoding.ids.end(), ids.begin(), ids.end());
    if (options.with_offsets) encoding.offsets.resize(encoding.ids.size());
  };
  add_template(before_);
  TokenCollector collector(wordpiece_, max_length - template_count, encoding, options.with_offsets);
  encode_text(utf8, options.special_tokens, collector);
  add_template(after_);
  return encoding;
}

void WordPieceTokenizer::encode_text(std::string_view utf8, SpecialTokens special_tokens,
                                     TokenCollector& collector) const {
  std::vector<AddedTokenMatcher::Piece> pieces;
  raw_tokens_.split(utf8, special_tokens, pieces);
  std::uint32_t index = 0;  // of the code point at byte `at`
  std::size_t at = 0;
  const auto count = [&](std::size_t begin, std::size_t end) {
    return static_cast<std::uint32_t>(text::count_code_points(utf8.substr(begin, end - begin)));
  };
  for (const auto& piece : pieces) {
    // A token that begins with white space may overlap the piece before, if that took white space.
    if (piece.begin < at) index -= count(piece.begin, at);
    at = piece.end;
    if (piece.id == TokenIndex::kNone) {
      index = encode_piece(utf8.substr(piece.begin, piece.end - piece.begin), index, special_tokens,
                           collector);
    } else {
      const std::uint32_t begin = index;
      index += count(piece.begin, piece.end);
      collector.put_token(piece.id, {begin, index});
    }
  }
}

// Text without raw added tokens; `index` is that of its first code point, the return value the one
// after its last.
std::uint32_t WordPieceTokenizer::encode_piece(std::string_view utf8, std::uint32_t index,
                                               SpecialTokens special_tokens,
                                               TokenCollector& collector) const {
  if (normalized_tokens_.empty()) {
    const std::uint32_t end = normalizer_.normalize(utf8, index, collector);
    collector.end_word();
    return end;
  }
  NormalizedText text;
  const std::uint32_t end = normalizer_.normalize(utf8, index, text);
  std::vector<AddedTokenMatcher::Piece> pieces;
  normalized_tokens_.split(text.utf8(), special_tokens, pieces);
  const auto& characters = text::BertCharacters::instance();
  const char* const data = text.utf8().data();
  for (const auto& piece : pieces) {
    if (piece.id != TokenIndex::kNone) {
      collector.put_token(piece.id,
                          {text.source(piece.begin).begin, text.source(piece.end - 1).end});
      continue;
    }
    for (std::size_t at = piece.begin; at < piece.end;) {
      const auto decoded = text::decode_utf8(data + at, data + piece.end);
      collector.put(decoded.value, characters.flags(decoded.value), text.source(at));
      at += decoded.byte_count;
    }
    collector.end_word();
  }
  return end;
}

}  // namespace mayfly::tokenizer
