// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::lexical {

// What a visitor typed, taken apart:
//   words       any of them; more and rarer ones score higher
//   "a phrase"  must occur, word after word; curly quotes too; an open quote ends with the text
//   -word       must not occur; also -"a phrase"
// One word in quotes among at least kSentenceWords without is emphasis (what does React "see"), so
// it is wanted like any other.
// A minus sign excludes only at the beginning of a word: "state-of-the-art" is four words.
struct Query {
  static constexpr std::size_t kSentenceWords = 4;

  enum class Role : std::uint8_t { kWanted, kRequired, kExcluded };

  struct Word {
    std::uint32_t offset, byte_count;  // in `folded`
    std::uint32_t begin, end;          // bytes of the text that it stands for
    std::uint32_t code_points;
    bool any_continuation;  // one character of a script without spaces: stands for every word that
                            // begins with it
    bool spaced;            // of a script with spaces
  };
  // Consecutive words; kWanted ones have exactly one.
  struct Clause {
    Role role;
    std::vector<Word> words;
  };

  std::vector<Clause> clauses;
  SecureVector<char> folded;
  // The text ends within its last wanted word, so that the visitor may still be typing it.
  bool open_end = false;

  std::string_view text_of(const Word& word) const {
    return {folded.data() + word.offset, word.byte_count};
  }
};

// Any text is a query. Error(kInvalidArgument) beyond 4 GB.
Query parse_query(std::string_view utf8);

}  // namespace mayfly::lexical
