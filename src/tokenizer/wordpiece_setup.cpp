// SPDX-License-Identifier: Apache-2.0
// How a tokenizer is made, which happens once and is built for size.
#include <string>
#include <utility>

#include "base/error.h"
#include "tokenizer/normalized_text.h"
#include "tokenizer/spec_json.h"
#include "tokenizer/wordpiece_tokenizer.h"

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
