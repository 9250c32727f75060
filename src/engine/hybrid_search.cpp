// SPDX-License-Identifier: Apache-2.0
#include "engine/hybrid_search.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "base/error.h"
#include "engine/fusion.h"
#include "text/words.h"

namespace mayfly::engine {
namespace {

// How many of the best of each index are looked at first: enough for most queries.
constexpr std::size_t kFirstDepth = 64;

lexical::SearchOptions lexical_options() {
  lexical::SearchOptions options;
  options.bm25.field_weights[lexical::kTitle] = kTitleWeight;
  return options;
}

std::size_t word_count(std::string_view query) {
  std::set<std::string, std::less<>> words;
  for (text::WordReader reader(query); reader.next();) words.emplace(reader.folded());
  return words.size();
}

// Rows by number, with what is known of each.
class Candidates {
 public:
  Candidates(const lexical::LexicalIndex& words, std::string_view query, const RowSet* allowed)
      : words_(words), query_(query), lexical_scores_(words.size()) {
    const std::size_t all = std::max<std::size_t>(1, words.size());
    for (const auto& hit : words.search(query, all, lexical_options())) {
      if (allowed != nullptr && !allowed->contains(hit.row)) continue;
      best_by_words_.push_back(static_cast<std::uint32_t>(hit.row));
      lexical_scores_[hit.row] = hit.score;
    }
  }

  RankedRow fused(const index::RowHit& hit) const {
    const float lexical = lexical_scores_[hit.row];
    return {hit.row, hit.score + kDefaultFusion.weight * lexical, hit.score, lexical};
  }
  // The best `depth` by words that are not among `known`.
  std::vector<std::uint32_t> missing(const std::vector<index::RowHit>& known,
                                     std::size_t depth) const {
    std::vector<std::uint32_t> rows(best_by_words_.begin(),
                                    best_by_words_.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                 depth, best_by_words_.size())));
    RowSet there(lexical_scores_.size());
    for (const index::RowHit& hit : known) there.insert(hit.row);
    rows.erase(std::remove_if(rows.begin(), rows.end(),
                              [&](std::uint32_t row) { return there.contains(row); }),
               rows.end());
    return rows;
  }
  // The BM25 that a row beyond the best `depth` by words has at most.
  float bound(std::size_t depth) const {
    return depth < best_by_words_.size() ? lexical_scores_[best_by_words_[depth]] : 0.0f;
  }

  // Takes out what neither scores well nor has most words of the query.
  void drop_unrelated(std::vector<RankedRow>& rows) const {
    const auto weak = [](const RankedRow& row) { return row.score < kLeastScore; };
    if (std::none_of(rows.begin(), rows.end(), weak)) return;
    const RowSet named = rows_with_most_words();
    rows.erase(
        std::remove_if(rows.begin(), rows.end(),
                       [&](const RankedRow& row) { return weak(row) && !named.contains(row.row); }),
        rows.end());
  }

 private:
  RowSet rows_with_most_words() const {
    RowSet rows(words_.size());
    const std::size_t wanted = word_count(query_) / 2 + 1;
    lexical::SearchOptions options = lexical_options();
    options.explain = true;
    const std::size_t all = std::max<std::size_t>(1, words_.size());
    for (const auto& hit : words_.search(query_, all, options)) {
      std::set<std::uint32_t> found;
      for (const auto& word : hit.words) {
        if (word.kind != lexical::MatchKind::kTypo) found.insert(word.query_begin);
      }
      if (found.size() >= wanted) rows.insert(hit.row);
    }
    return rows;
  }

  const lexical::LexicalIndex& words_;
  std::string_view query_;
  std::vector<float> lexical_scores_;         // by row
  std::vector<std::uint32_t> best_by_words_;  // rows, best first
};

bool better(const RankedRow& a, const RankedRow& b) { return a.score > b.score; }

}  // namespace

std::vector<RankedRow> hybrid_search(const lexical::LexicalIndex& words,
                                     const index::FlatIndex& vectors, std::string_view query,
                                     std::span<const float> vector, std::size_t k,
                                     const RowSet* allowed) {
  std::optional<RowSet> permitted = words.permitted(query);
  if (permitted && allowed != nullptr) permitted->intersect(*allowed);
  if (permitted) allowed = &*permitted;
  const Candidates candidates(words, query, allowed);
  for (std::size_t depth = std::max(kFirstDepth, 2 * k);; depth *= 4) {
    std::vector<index::RowHit> hits = allowed != nullptr ? vectors.search(vector, depth, *allowed)
                                                         : vectors.search(vector, depth);
    const bool all = hits.size() < depth;
    const float least = all ? -1.0f : hits.back().score;
    const auto rest = vectors.score(vector, candidates.missing(hits, depth));
    hits.insert(hits.end(), rest.begin(), rest.end());
    std::vector<RankedRow> rows;
    for (const index::RowHit& hit : hits) rows.push_back(candidates.fused(hit));
    std::stable_sort(rows.begin(), rows.end(), better);
    rows.resize(std::min(k, rows.size()));
    // No row that was not looked at can score more.
    const float bound = least + kDefaultFusion.weight * candidates.bound(depth);
    if (!all && !(rows.size() == k && rows.back().score >= bound)) continue;
    candidates.drop_unrelated(rows);
    return rows;
  }
}

std::vector<RankedRow> lexical_search(const lexical::LexicalIndex& words, std::string_view query,
                                      std::size_t k, const RowSet* allowed) {
  std::vector<RankedRow> rows;
  const std::size_t asked = allowed != nullptr ? std::max<std::size_t>(k, words.size()) : k;
  for (const auto& hit : words.search(query, asked, lexical_options())) {
    if (allowed != nullptr && !allowed->contains(hit.row)) continue;
    rows.push_back({hit.row, hit.score, 0.0f, hit.score});
    if (rows.size() == k) break;
  }
  return rows;
}

}  // namespace mayfly::engine
