// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/added_tokens.h"

#include <algorithm>
#include <utility>

#include "text/bert_characters.h"
#include "text/utf8.h"

namespace mayfly::tokenizer {
namespace {

using text::BertCharacters;

// Where the code point that ends at `end` begins (`end` > 0). Ill-formed bytes count one by one.
std::size_t previous(std::string_view utf8, std::size_t end) {
  const char* const data = utf8.data();
  for (std::size_t length = 1; length <= std::min<std::size_t>(end, 4); ++length) {
    const auto decoded = text::decode_utf8(data + end - length, data + end);
    if (decoded.byte_count == length && decoded.value != text::kReplacementCharacter) {
      return end - length;
    }
  }
  return end - 1;
}

bool has_flag(std::string_view utf8, std::size_t at, std::uint16_t flag) {
  const char* const data = utf8.data();
  const auto decoded = text::decode_utf8(data + at, data + utf8.size());
  return (BertCharacters::instance().flags(decoded.value) & flag) != 0;
}

std::size_t skip_white_back(std::string_view utf8, std::size_t end, std::size_t floor) {
  while (end > floor && has_flag(utf8, previous(utf8, end), BertCharacters::kWhite)) {
    end = previous(utf8, end);
  }
  return end;
}

std::size_t skip_white(std::string_view utf8, std::size_t at) {
  while (at < utf8.size() && has_flag(utf8, at, BertCharacters::kWhite)) {
    at += text::decode_utf8(utf8.data() + at, utf8.data() + utf8.size()).byte_count;
  }
  return at;
}

}  // namespace

AddedTokenMatcher::AddedTokenMatcher() = default;

void AddedTokenMatcher::set(std::vector<AddedToken> tokens,
                            const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    patterns_.append(pattern);
    if (!pattern.empty()) first_byte_[static_cast<unsigned char>(pattern[0])] = true;
  }
  tokens_ = std::move(tokens);
  index_.emplace_back(patterns_, std::string_view());
  for (std::size_t i = 0; i < tokens_.size(); ++i) index_[0].insert(static_cast<TokenId>(i));
}

bool AddedTokenMatcher::stands_alone(std::string_view utf8, std::size_t begin,
                                     std::size_t end) const {
  return (begin == 0 || !has_flag(utf8, previous(utf8, begin), BertCharacters::kWord)) &&
         (end == utf8.size() || !has_flag(utf8, end, BertCharacters::kWord));
}

// A match that is then refused (kText, single_word) still hides others that overlap it, as in the
// reference, which refuses after its search.
void AddedTokenMatcher::split(std::string_view utf8, SpecialTokens special_tokens,
                              std::vector<Piece>& pieces) const {
  pieces.clear();
  std::size_t taken = 0;  // bytes that are in pieces
  for (std::size_t at = 0; !empty() && at < utf8.size();) {
    if (!first_byte_[static_cast<unsigned char>(utf8[at])]) {
      ++at;
      continue;
    }
    const TokenIndex::Match match = index_[0].longest_match(utf8.substr(at));
    if (match.id == TokenIndex::kNone) {
      ++at;
      continue;
    }
    const AddedToken& token = tokens_[static_cast<std::size_t>(match.id)];
    std::size_t begin = at, end = at + match.byte_count;
    at = end;
    if (token.special && special_tokens == SpecialTokens::kText) continue;
    if (token.single_word && !stands_alone(utf8, begin, end)) continue;
    if (token.lstrip) begin = std::max(skip_white_back(utf8, begin, taken), taken);
    // Below `taken` there is only white space that the piece before took; once is enough.
    if (token.rstrip) end = end < taken ? taken : skip_white(utf8, end);
    // The piece before took all of it, which is white space (the reference fails if any remains).
    if (begin >= end) continue;
    if (taken < begin) pieces.push_back({taken, begin, TokenIndex::kNone});
    pieces.push_back({begin, end, token.id});
    taken = end;
  }
  if (taken < utf8.size()) pieces.push_back({taken, utf8.size(), TokenIndex::kNone});
}

}  // namespace mayfly::tokenizer
