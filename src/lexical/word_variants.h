// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/function_ref.h"
#include "lexical/vocabulary.h"

namespace mayfly::lexical {

enum class MatchKind : std::uint8_t { kExact, kPrefix, kTypo };

// A word of the index that stands for a word of the query.
struct Variant {
  TermId term;
  MatchKind kind;
  float weight;  // 0..1: an occurrence counts as so many of the word itself
};

// Words of the vocabulary that begin with `prefix` and are longer. Costs O(log words + found).
void for_each_continuation(const Vocabulary& vocabulary, std::string_view prefix,
                           FunctionRef<void(TermId)> take);

// Words within `max_distance` (1 or 2) of `word`, itself left out, with their distance: insertions,
// deletions, substitutions and swaps of neighbouring code points (restricted Damerau-Levenshtein).
// The sorted vocabulary is walked as a tree of prefixes, one row of the distance table per code
// point, and a prefix that is too far off is skipped with all its words.
void for_each_similar(const Vocabulary& vocabulary, std::string_view word,
                      std::uint32_t max_distance, FunctionRef<void(TermId, std::uint32_t)> take);

// Typos that a word of so many code points may have: none below 5, 1 below 9, else 2.
std::uint32_t allowed_typos(std::size_t code_points);

}  // namespace mayfly::lexical
