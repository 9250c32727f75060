// SPDX-License-Identifier: Apache-2.0
#include "lexical/bm25.h"
#include "lexical/lexical_index.h"
#include "lexical/matching.h"

namespace mayfly::lexical {

std::vector<WordScore> LexicalIndex::explain(std::string_view query, std::size_t row,
                                             const SearchOptions& options) const {
  const Matching matching(*this, query, options);
  const std::uint32_t slot = slots_of_rows_[row];
  Bm25 bm25(options.bm25, lengths_, total_lengths_, size());
  std::vector<WordScore> words;
  for (const Matching::Word& word : matching.scored()) {
    const std::size_t first = words.size();
    for (const Variant& variant : word.variants) {
      for_each_posting(pool_, postings_[variant.term], [&](const Posting& posting) {
        bm25.add(posting.slot, posting.counts, variant.weight);
        if (posting.slot != slot) return;
        // For now what of the word's frequency it is.
        const float part =
            variant.weight * weighted_sum(posting.counts, options.bm25.field_weights);
        if (!(part > 0)) return;
        words.push_back({word.query_word->begin, word.query_word->end,
                         vocabulary_.word(variant.term), variant.kind, part});
      });
    }
    bm25.explain_word(word.occurrences, word.as_typed,
                      [&](std::uint32_t each, float score, float frequency) {
                        if (each != slot) return;
                        for (std::size_t i = first; i < words.size(); ++i)
                          words[i].score *= score / frequency;
                      });
  }
  // By insertion: they are few, and std::stable_sort is 5 KB of WebAssembly.
  for (std::size_t i = 1; i < words.size(); ++i) {
    const WordScore word = words[i];
    std::size_t place = i;
    for (; place > 0 && words[place - 1].score < word.score; --place) {
      words[place] = words[place - 1];
    }
    words[place] = word;
  }
  return words;
}

}  // namespace mayfly::lexical
