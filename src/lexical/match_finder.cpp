// SPDX-License-Identifier: Apache-2.0
#include "lexical/match_finder.h"

#include <algorithm>

#include "base/sort_numbers.h"
#include "text/utf8.h"
#include "text/words.h"

namespace mayfly::lexical {
namespace {

struct TextWord {
  std::size_t begin, end, whole_end;  // end: of what is marked
  bool marked;
};

// Ranges that overlap become one, as those of neighbouring pairs do.
std::vector<TextRange> merge(const std::vector<TextWord>& words, std::string_view text) {
  std::vector<TextRange> ranges;
  for (const TextWord& word : words) {
    if (!word.marked) continue;
    if (!ranges.empty() && word.begin < ranges.back().end) {
      ranges.back().end = std::max(ranges.back().end, word.end);
    } else {
      ranges.push_back({word.begin, word.end, 0, 0});
    }
  }
  std::size_t byte = 0, code_point = 0;
  const auto advance = [&](std::size_t to) {
    code_point += text::count_code_points(text.substr(byte, to - byte));
    byte = to;
    return code_point;
  };
  for (TextRange& range : ranges) {
    range.code_point_begin = advance(range.begin);
    range.code_point_end = advance(range.end);
  }
  return ranges;
}

void mark(TextWord& word, bool first_character, std::string_view text) {
  if (first_character && !word.marked) {
    const char* const begin = text.data() + word.begin;
    word.end = word.begin + text::decode_utf8(begin, text.data() + text.size()).byte_count;
  } else if (!first_character) {
    word.end = word.whole_end;
  }
  word.marked = true;
}

bool contains(const std::vector<TermId>& ascending, TermId term) {
  return std::binary_search(ascending.begin(), ascending.end(), term);
}

}  // namespace

MatchFinder::MatchFinder(const LexicalIndex& index, std::string_view query,
                         const SearchOptions& options)
    : index_(index), matching_(index, query, options) {
  for (const Matching::Word& word : matching_.scored()) {
    if (!word.wanted) continue;
    auto& terms = word.query_word->any_continuation ? first_character_ : whole_;
    for (const Variant& variant : word.variants) terms.push_back(variant.term);
  }
  sort_ascending(whole_);
  sort_ascending(first_character_);
}

std::vector<TextRange> MatchFinder::in(std::string_view text) const {
  std::vector<TextWord> words;
  SecureVector<std::uint32_t> codes;
  for (text::WordReader reader(text); reader.next();) {
    const TermId term = index_.vocabulary_.find(reader.folded());
    codes.push_back(term + 1);
    words.push_back({reader.begin(), reader.end(), reader.end(), false});
    if (contains(first_character_, term)) mark(words.back(), true, text);
    if (contains(whole_, term)) mark(words.back(), false, text);
  }
  for (const Matching::Sequence& sequence : matching_.required()) {
    for (std::size_t at = 0; at < codes.size(); ++at) {
      if (!Matching::stands_at(sequence, codes, at)) continue;
      for (std::size_t i = 0; i < sequence.size(); ++i) {
        mark(words[at + i], sequence[i].first_character, text);
      }
    }
  }
  return merge(words, text);
}

std::vector<TextRange> LexicalIndex::find_matches(std::string_view query, std::string_view text,
                                                  const SearchOptions& options) const {
  return MatchFinder(*this, query, options).in(text);
}

}  // namespace mayfly::lexical
