// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/wordpiece_tokenizer.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "base/error.h"
#include "text/utf8.h"
#include "tokenizer/normalized_text.h"
#include "tokenizer/spec_json.h"

namespace mayfly::tokenizer {

WordPieceTokenizer::WordPieceTokenizer(const Definition& definition,
                                       std::span<const char> vocabulary)
    : vocabulary_(vocabulary),
      wordpiece_(vocabulary_, definition.unknown_token, definition.prefix,
                 definition.max_characters),
      normalizer_(definition.normalizer),
      before_(definition.before),
      after_(definition.after) {
  number_added_tokens(definition.added_tokens);
  set_matchers(definition.added_tokens);
  check_template_ids();
}

// A token that the model has keeps its id there; the others continue the vocabulary without a gap.
void WordPieceTokenizer::number_added_tokens(const std::vector<AddedToken>& tokens) {
  const std::size_t model_size = vocabulary_.size();
  std::vector<const AddedToken*> appended(tokens.size(), nullptr);  // by id - model_size
  std::size_t appended_count = 0;
  for (const AddedToken& token : tokens) {
    const TokenId known = wordpiece_.find(token.content);
    if (known == token.id) continue;
    const std::size_t place = static_cast<std::size_t>(token.id) - model_size;  // may wrap round
    if (known != TokenIndex::kNone || place >= appended.size() || appended[place] != nullptr) {
      throw_invalid("added token \"" + token.content + "\" has an id that is not its own");
    }
    appended[place] = &token;
    ++appended_count;
  }
  for (std::size_t place = 0; place < appended_count; ++place) {
    if (appended[place] == nullptr) {
      throw_invalid("no token has the id " + std::to_string(model_size + place));
    }
    vocabulary_.append(appended[place]->content);
  }
}

// Special ones come first, which matters where two become equal by normalization.
void WordPieceTokenizer::set_matchers(const std::vector<AddedToken>& tokens) {
  std::vector<AddedToken> raw, in_normalized;
  std::vector<std::string> raw_patterns, normalized_patterns;
  for (const bool special : {true, false}) {
    for (const AddedToken& token : tokens) {
      if (token.special != special) continue;
      if (token.normalized) {
        in_normalized.push_back(token);
        normalized_patterns.push_back(normalized(token.content));
      } else {
        raw.push_back(token);
        raw_patterns.push_back(token.content);
      }
    }
  }
  if (!raw.empty()) raw_tokens_.set(std::move(raw), raw_patterns);
  if (!in_normalized.empty()) {
    normalized_tokens_.set(std::move(in_normalized), normalized_patterns);
  }
}

void WordPieceTokenizer::check_template_ids() const {
  for (const auto* ids : {&before_, &after_}) {
    for (const TokenId id : *ids) {
      if (static_cast<std::size_t>(id) >= vocabulary_.size()) {
        throw_invalid("post_processor names the id " + std::to_string(id) +
                      ", but the vocabulary has " + std::to_string(vocabulary_.size()) + " tokens");
      }
    }
  }
}

std::string WordPieceTokenizer::normalized(std::string_view utf8) const {
  NormalizedText text;
  normalizer_.normalize(utf8, 0, text);
  return std::string(text.utf8());
}

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

std::string_view WordPieceTokenizer::token(TokenId id) const {
  if (id < 0 || static_cast<std::size_t>(id) >= vocabulary_.size()) {
    throw Error(ErrorCode::kTokenOutOfRange, "there is no token " + std::to_string(id) +
                                                 "; the tokenizer has " +
                                                 std::to_string(vocabulary_.size()) + " tokens");
  }
  return vocabulary_.token(static_cast<std::size_t>(id));
}

std::unique_ptr<Tokenizer> make_tokenizer(std::string_view spec_json,
                                          std::span<const char> vocabulary) {
  return std::make_unique<WordPieceTokenizer>(parse_definition(spec_json), vocabulary);
}

}  // namespace mayfly::tokenizer
