// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/sort_numbers.h"
#include "lexical/bm25.h"
#include "lexical/lexical_index.h"
#include "lexical/matching.h"

namespace mayfly::lexical {
namespace {

struct Candidate {
  float score;
  std::uint32_t slot;
  std::uint64_t insertion;
};

bool better(const Candidate& a, const Candidate& b) {
  return a.score > b.score || (a.score == b.score && a.insertion < b.insertion);
}

void require_valid(std::size_t k, const SearchOptions& options) {
  // Written so that NaN fails.
  bool valid = k >= 1 && options.bm25.k1 >= 0 && std::isfinite(options.bm25.k1);
  valid = valid && options.bm25.b >= 0 && options.bm25.b <= 1;
  for (const float weight : options.bm25.field_weights) {
    valid = valid && weight >= 0 && std::isfinite(weight);
  }
  if (valid) return;
  throw Error(ErrorCode::kInvalidArgument,
              "a search needs k >= 1, k1 >= 0, 0 <= b <= 1 and field weights >= 0; correct them");
}

void apply(std::vector<std::uint8_t>& allowed, const std::vector<std::uint8_t>& found,
           std::uint8_t wanted) {
  for (std::size_t slot = 0; slot < allowed.size(); ++slot) {
    if (found[slot] != wanted) allowed[slot] = 0;
  }
}

}  // namespace

std::vector<std::uint8_t> LexicalIndex::allowed_slots(const Matching& matching) const {
  std::vector<std::uint8_t> allowed(documents_.size(), 1);
  for (const auto& sequence : matching.required()) {
    apply(allowed, matching.documents_with(sequence), 1);
  }
  for (const auto& sequence : matching.excluded()) {
    apply(allowed, matching.documents_with(sequence), 0);
  }
  return allowed;
}

std::optional<RowSet> LexicalIndex::permitted(std::string_view query) const {
  // Most queries are of wanted words only, which need not be looked up for that.
  const Query parsed = parse_query(query);
  const auto is_wanted = [](const Query::Clause& clause) {
    return clause.role == Query::Role::kWanted;
  };
  if (std::all_of(parsed.clauses.begin(), parsed.clauses.end(), is_wanted)) return std::nullopt;
  const SearchOptions options;
  const std::vector<std::uint8_t> allowed = allowed_slots(Matching(*this, query, options));
  RowSet rows(size());
  for (std::size_t row = 0; row < size(); ++row) {
    if (allowed[slots_of_rows_[row]] != 0) rows.insert(row);
  }
  return rows;
}

std::vector<LexicalHit> LexicalIndex::search(std::string_view query, std::size_t k,
                                             const SearchOptions& options) const {
  require_valid(k, options);
  const Matching matching(*this, query, options);
  Bm25 bm25(options.bm25, lengths_, total_lengths_, size());
  const auto add_occurrences = [&](const Matching::Word& word) {
    for (const Variant& variant : word.variants) {
      for_each_posting(pool_, postings_[variant.term], [&](const Posting& posting) {
        bm25.add(posting.slot, posting.counts, variant.weight);
      });
    }
  };
  for (const Matching::Word& word : matching.scored()) {
    add_occurrences(word);
    bm25.finish_word(word.occurrences, word.as_typed);
  }

  const std::vector<std::uint8_t> allowed = allowed_slots(matching);
  std::vector<Candidate> candidates;
  for (std::uint32_t slot = 0; slot < documents_.size(); ++slot) {
    const float score = bm25.scores()[slot];
    if (score > 0 && allowed[slot] != 0) {
      candidates.push_back({score, slot, documents_[slot].insertion});
    }
  }
  candidates =
      rearranged(std::move(candidates),
                 first_in_order(candidates.size(), k, [&](std::uint32_t a, std::uint32_t b) {
                   return better(candidates[a], candidates[b]);
                 }));

  std::vector<LexicalHit> hits;
  std::vector<std::uint32_t> hit_of_slot;  // number + 1; 0: none
  if (options.explain) hit_of_slot.resize(documents_.size());
  for (const Candidate& candidate : candidates) {
    hits.push_back({documents_[candidate.slot].row, candidate.score, {}});
    if (options.explain) hit_of_slot[candidate.slot] = static_cast<std::uint32_t>(hits.size());
  }
  if (!options.explain) return hits;

  // The words are scored once more, now one variant at a time, for the hits alone.
  for (const Matching::Word& word : matching.scored()) {
    add_occurrences(word);
    std::vector<std::pair<float, float>> score_and_frequency(hits.size());
    bm25.explain_word(word.occurrences, word.as_typed,
                      [&](std::uint32_t slot, float score, float frequency) {
                        if (hit_of_slot[slot] != 0)
                          score_and_frequency[hit_of_slot[slot] - 1] = {score, frequency};
                      });
    for (const Variant& variant : word.variants) {
      for_each_posting(pool_, postings_[variant.term], [&](const Posting& posting) {
        if (hit_of_slot[posting.slot] == 0) return;
        const std::size_t hit = hit_of_slot[posting.slot] - 1;
        const auto [score, frequency] = score_and_frequency[hit];
        const float part =
            variant.weight * weighted_sum(posting.counts, options.bm25.field_weights);
        if (!(part > 0)) return;
        hits[hit].words.push_back({word.query_word->begin, word.query_word->end,
                                   vocabulary_.word(variant.term), variant.kind,
                                   score * part / frequency});
      });
    }
  }
  for (LexicalHit& hit : hits) {
    auto& words = hit.words;
    words = rearranged(std::move(words),
                       sorted_order(words.size(), [&](std::uint32_t a, std::uint32_t b) {
                         return words[a].score > words[b].score;
                       }));
  }
  return hits;
}

}  // namespace mayfly::lexical
