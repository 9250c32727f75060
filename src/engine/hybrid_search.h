// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/row_set.h"
#include "engine/document_vectors.h"
#include "engine/fusion.h"
#include "lexical/lexical_index.h"

namespace mayfly::engine {

struct RankedRow {
  std::size_t row;
  float score;            // by which rows are ranked
  float cosine;           // -1..1; 0 where vectors were not looked at
  float lexical;          // BM25; 0: no word of the query
  float group_bonus = 0;  // see hybrid_search
};

// What a row must score to be an answer: see Fusion. Where there are few passages, the nearest to
// anything is farther, by kLeastScorePerHalving for each halving of kManyPassages. Measured on
// nonsense queries: docs/decisions/fusion.md.
inline constexpr float kLeastScorePerHalving = 0.02f;
inline constexpr std::size_t kManyPassages = 1000;
float least_score(const lexical::LexicalIndex& words, std::size_t passages, std::string_view query,
                  const Fusion& fusion);

// How BM25 is reckoned here.
lexical::SearchOptions lexical_options();

// The k best rows of both indexes, whose rows are the same documents, by cosine + weight * BM25 and
// what its name adds (see engine/fusion.h); equal ones in order of insertion. Exactly those of
// scoring every row, found by looking at the best of both only: Fagin, Lotem and Naor, "Optimal
// aggregation algorithms for middleware" (2001). Left out is what scores below least_score, unless
// it is related_by_words: a query that means nothing finds nothing, and a name is found whatever
// the vectors say. Required phrases and excluded words of the query (lexical/query.h) hold for all
// rows. `allowed`: null for all. k >= 1; the vector as for DocumentVectors::search. Documents that
// have no vectors yet are not found.
//
// `groups`: by row, the number of the group that it belongs to, 0 for none (attributes::groups_of);
// empty for no groups. A row's group_bonus is what its group scores beyond the group's best row:
//   kGroupPooling * ln(sum over its n passages of exp((score - best) / kGroupPooling) / sqrt n)
// Several passages near the query count more than one that happens to be, and a long group, in
// which something always is, does not win by its length (docs/decisions/fusion.md). It changes
// neither the score nor the order of rows.
std::vector<RankedRow> hybrid_search(const lexical::LexicalIndex& words,
                                     const DocumentVectors& vectors, std::string_view query,
                                     std::span<const float> vector, std::size_t k,
                                     const RowSet* allowed, const Fusion& fusion = kDefaultFusion,
                                     std::span<const std::uint32_t> groups = {});

// What the query's naming a document adds to its score (kNameBonus of engine/fusion.h), by row.
std::vector<float> name_bonuses(const lexical::LexicalIndex& words, std::string_view query);

// The rows that are related to the query by their words, whatever the vectors say: those that it
// names and those with more than half of its words, typos not counted.
RowSet related_by_words(const lexical::LexicalIndex& words, std::string_view query);

// Which rows are related to a query by their words.
enum class Related : std::uint8_t {
  kAny,    // any of them
  kNamed,  // more than half of them: what hybrid_search takes for related whatever the vectors say
};

// The k best rows by BM25 and names alone, both as in hybrid_search; the score is in units of BM25.
std::vector<RankedRow> lexical_search(const lexical::LexicalIndex& words, std::string_view query,
                                      std::size_t k, const RowSet* allowed,
                                      Related related = Related::kAny);

}  // namespace mayfly::engine
