// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/collection.h"
#include "engine/token_alignment.h"

namespace mayfly::engine {

// All ranges here are [begin, end) in code points.
struct ExplainedWord {
  std::uint32_t query_begin, query_end;
  std::string word;         // of the document, as folded
  lexical::MatchKind kind;  // how it stands for the word of the query
  float score;              // what it adds to BM25
};

struct ExplainedToken {
  std::uint32_t query_begin, query_end;
  std::size_t field;         // of the document where the nearest token is: lexical::kTitle, ...
  std::uint32_t begin, end;  // in that field
  float cosine;
};

// Why a document is where it is in the answer to a query.
struct Explanation {
  Tier tier = Tier::kLexical;  // what the score is made of: the best that is known of the document
  float score = 0;             // as SearchHit::score
  // What a unit of BM25 adds to the tier's cosine; 1 where words are all, 0 where they count for
  // nothing (SearchMode::kSemantic).
  float lexical_weight = 0;
  // Added because the query names the document, in units of the score; 0 where it does not.
  float name_bonus = 0;
  // Whatever the mode; a cosine is 0 where query or document has no vector of the tier.
  float lexical = 0, contextual = 0, static_cosine = 0;
  bool allowed = true;               // else the filter, a phrase or an excluded word keeps it out
  std::vector<ExplainedWord> words;  // best first; their sum is `lexical`
  // The passage that carried the match: the nearest in meaning by the best vectors that are known.
  // None without vectors.
  std::uint32_t passage_begin = 0, passage_end = 0;
  // Late interaction of the query and that passage, title and headings included; none without a
  // passage or a contextual model, and where words are all that counts.
  std::vector<ExplainedToken> tokens;
  float token_score = 0;  // Alignment::score
};

// Explains one document of a collection. All but the tokens is known at once, those are found in
// slices (see EmbedJob). The collection may change or go meanwhile.
class ExplainJob {
 public:
  // k of the request is not looked at. Errors: kNotFound for an id that is not in the collection,
  // else as Collection::search.
  ExplainJob(const Collection& collection, const SearchRequest& request, std::string_view id);

  // Works for about budget_ms milliseconds, at least one layer of the transformer. True when the
  // tokens are there too.
  bool step(double budget_ms);

  const Explanation& explanation() const { return explanation_; }

 private:
  void finish();

  Explanation explanation_;
  std::optional<AlignmentJob> alignment_;  // of the passage, while it goes on
  // Code points of what stands before the passage's text when it is embedded: the title, and where
  // the headings begin; of all together.
  std::uint32_t title_points_ = 0, headings_begin_ = 0, prefix_points_ = 0;
};

}  // namespace mayfly::engine
