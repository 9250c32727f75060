// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

#include "lexical/lexical_index.h"
#include "lexical/matching.h"

namespace mayfly::lexical {

// LexicalIndex::find_matches for many texts: the query is read against the index once. Index, query
// and options must outlive it, and the index stay as it is.
class MatchFinder {
 public:
  MatchFinder(const LexicalIndex& index, std::string_view query, const SearchOptions& options);

  std::vector<TextRange> in(std::string_view text) const;

 private:
  const LexicalIndex& index_;
  Matching matching_;
  std::vector<TermId> whole_, first_character_;  // wanted terms, ascending
};

}  // namespace mayfly::lexical
