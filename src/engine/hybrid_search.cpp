// SPDX-License-Identifier: Apache-2.0
#include "engine/hybrid_search.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/sort_numbers.h"
#include "engine/fusion.h"
#include "text/words.h"

namespace mayfly::engine {

lexical::SearchOptions lexical_options() {
  lexical::SearchOptions options;
  options.bm25.field_weights[lexical::kTitle] = kTitleWeight;
  return options;
}

namespace {

// How many of the best of each index are looked at first: enough for most queries.
constexpr std::size_t kFirstDepth = 64;

// Distinct words.
std::size_t word_count(std::string_view query) {
  std::vector<std::string> words;
  for (text::WordReader reader(query); reader.next();) words.emplace_back(reader.folded());
  const auto order = sorted_order(
      words.size(), [&](std::uint32_t a, std::uint32_t b) { return words[a] < words[b]; });
  std::size_t count = order.empty() ? 0 : 1;
  for (std::size_t i = 1; i < order.size(); ++i) {
    count += words[order[i]] != words[order[i - 1]] ? 1 : 0;
  }
  return count;
}

// Rows with more than half of the query's words, best first.
std::vector<lexical::LexicalHit> named_hits(const lexical::LexicalIndex& words,
                                            std::string_view query) {
  const std::size_t wanted = word_count(query) / 2 + 1;
  lexical::SearchOptions options = lexical_options();
  options.explain = true;
  auto hits = words.search(query, std::max<std::size_t>(1, words.size()), options);
  const auto is_named = [&](const lexical::LexicalHit& hit) {
    std::vector<std::uint32_t> found;
    for (const auto& word : hit.words) {
      if (word.kind != lexical::MatchKind::kTypo) found.push_back(word.query_begin);
    }
    sort_ascending(found);
    const auto end = std::unique(found.begin(), found.end());
    return static_cast<std::size_t>(end - found.begin()) >= wanted;
  };
  hits.erase(
      std::remove_if(hits.begin(), hits.end(), [&](const auto& hit) { return !is_named(hit); }),
      hits.end());
  return hits;
}

// Adds what names add, in units of BM25, and puts the hits in order again.
void prefer_names(std::vector<lexical::LexicalHit>& hits, const std::vector<float>& bonuses) {
  for (auto& hit : hits) hit.score += bonuses[hit.row] / kDefaultFusion.weight;
  hits =
      rearranged(std::move(hits), sorted_order(hits.size(), [&](std::uint32_t a, std::uint32_t b) {
                   return hits[a].score > hits[b].score;
                 }));
}

// The first `kept` stay where they are.
void sort_by_score(std::vector<RankedRow>& rows, std::size_t kept = 0) {
  const auto precedes = [&](std::uint32_t a, std::uint32_t b) {
    if (a < kept || b < kept) return a < b;
    return rows[a].score > rows[b].score;
  };
  rows = rearranged(std::move(rows), sorted_order(rows.size(), precedes));
}

// e^x of x <= 0, by (1 + x / 256)^256: within 2 % where it is above 0.05, and the same everywhere,
// which no library's exp is.
float exponential(float x) {
  float power = std::max(0.0f, 1 + x / 256);
  for (int i = 0; i < 8; ++i) power *= power;
  return power;
}

// What one query knows of the rows.
class HybridQuery {
 public:
  HybridQuery(const lexical::LexicalIndex& words, const DocumentVectors& vectors,
              std::string_view text, std::span<const float> vector, const RowSet* allowed,
              const Fusion& fusion)
      : words_(words),
        vectors_(vectors),
        text_(text),
        vector_(vector),
        allowed_(allowed),
        weight_(fusion.weight),
        lexical_scores_(words.size()),
        name_bonus_(name_bonuses(words, text)) {
    for (const auto& hit : words.search(text, all_rows(), lexical_options())) {
      if (allowed != nullptr && !allowed->contains(hit.row)) continue;
      best_by_words_.push_back(static_cast<std::uint32_t>(hit.row));
      lexical_scores_[hit.row] = hit.score;
    }
    for (std::uint32_t row = 0; row < name_bonus_.size(); ++row) {
      const bool asked_for = allowed == nullptr || allowed->contains(row);
      if (name_bonus_[row] > 0 && asked_for) with_name_.push_back(row);
    }
  }

  // The k best by score, related to the query or not.
  std::vector<RankedRow> best(std::size_t k) const {
    for (std::size_t depth = std::max(kFirstDepth, 2 * k);; depth *= 4) {
      const auto hits = allowed_ != nullptr ? vectors_.search(vector_, depth, *allowed_)
                                            : vectors_.search(vector_, depth);
      const std::size_t by_words = std::min(depth, best_by_words_.size());
      std::vector<RankedRow> rows;
      for (const index::RowHit& hit : hits) rows.push_back(fused(hit));
      add(rows, std::span(best_by_words_).first(by_words));
      add(rows, with_name_);
      sort_by_score(rows);
      rows.resize(std::min(k, rows.size()));
      if (hits.size() < depth) return rows;
      // No row that was not looked at can score more.
      const float lexical =
          depth < best_by_words_.size() ? lexical_scores_[best_by_words_[depth]] : 0.0f;
      const float bound = hits.back().score + weight_ * lexical;
      if (rows.size() == k && rows.back().score >= bound) return rows;
    }
  }

  // Adds those of these rows that are not there, in no order.
  void add(std::vector<RankedRow>& rows, std::span<const std::uint32_t> numbers) const {
    RowSet there(words_.size());
    for (const RankedRow& row : rows) there.insert(row.row);
    std::vector<std::uint32_t> missing;
    for (const std::uint32_t row : numbers) {
      if (!there.contains(row)) missing.push_back(row);
    }
    for (const auto& hit : vectors_.score(vector_, missing)) rows.push_back(fused(hit));
  }

  void add_group_bonuses(std::vector<RankedRow>& rows,
                         std::span<const std::uint32_t> groups) const {
    std::vector<std::uint32_t> members;
    std::size_t groups_end = 1;
    for (std::uint32_t row = 0; row < groups.size(); ++row) {
      if (groups[row] == 0 || (allowed_ != nullptr && !allowed_->contains(row))) continue;
      members.push_back(row);
      groups_end = std::max<std::size_t>(groups_end, groups[row] + 1);
    }
    struct Group {
      float best = -1e9f, sum = 0, size = 0;
    };
    std::vector<Group> pool(groups_end);
    const auto passages = vectors_.score_passages(vector_, members);
    for (const auto& passage : passages) {
      Group& group = pool[groups[passage.row]];
      group.best = std::max(group.best, fused(passage).score);
      group.size += 1;
    }
    for (const auto& passage : passages) {
      Group& group = pool[groups[passage.row]];
      group.sum += exponential((fused(passage).score - group.best) / kGroupPooling);
    }
    for (RankedRow& row : rows) {
      const Group& group = pool[groups[row.row]];
      if (group.size > 0) {
        row.group_bonus = kGroupPooling * std::log(group.sum / std::sqrt(group.size));
      }
    }
  }

  std::vector<std::uint32_t> named() const {
    std::vector<std::uint32_t> rows;
    if (best_by_words_.empty()) return rows;
    for (const auto& hit : named_hits(words_, text_)) {
      if (lexical_scores_[hit.row] != 0) rows.push_back(static_cast<std::uint32_t>(hit.row));
    }
    return rows;
  }

 private:
  std::size_t all_rows() const { return std::max<std::size_t>(1, words_.size()); }
  RankedRow fused(const index::RowHit& hit) const {
    const float lexical = lexical_scores_[hit.row];
    return {hit.row, hit.score + weight_ * lexical + name_bonus_[hit.row], hit.score, lexical};
  }

  const lexical::LexicalIndex& words_;
  const DocumentVectors& vectors_;
  std::string_view text_;
  std::span<const float> vector_;
  const RowSet* allowed_;
  float weight_;
  std::vector<float> lexical_scores_;         // by row; 0 for what is not allowed
  std::vector<std::uint32_t> best_by_words_;  // rows, best first
  std::vector<float> name_bonus_;             // by row
  std::vector<std::uint32_t> with_name_;      // rows that have a bonus
};

}  // namespace

float least_score(const lexical::LexicalIndex& words, std::size_t passages, std::string_view query,
                  const Fusion& fusion) {
  float least = fusion.least_score + fusion.unknown_words * (1 - words.known_share(query));
  for (std::size_t few = passages + 1; few < kManyPassages; few *= 2)
    least -= kLeastScorePerHalving;
  return least;
}

std::vector<float> name_bonuses(const lexical::LexicalIndex& words, std::string_view query) {
  std::vector<float> bonuses(words.size());
  for (const lexical::NamedRow& named : words.find_names(query)) {
    bonuses[named.row] = kNameBonus[static_cast<std::size_t>(named.match)];
  }
  return bonuses;
}

RowSet related_by_words(const lexical::LexicalIndex& words, std::string_view query) {
  RowSet rows(words.size());
  for (const lexical::NamedRow& named : words.find_names(query)) rows.insert(named.row);
  for (const auto& hit : named_hits(words, query)) rows.insert(hit.row);
  return rows;
}

std::vector<RankedRow> hybrid_search(const lexical::LexicalIndex& words,
                                     const DocumentVectors& vectors, std::string_view query,
                                     std::span<const float> vector, std::size_t k,
                                     const RowSet* allowed, const Fusion& fusion,
                                     std::span<const std::uint32_t> groups) {
  std::optional<RowSet> permitted = words.permitted(query);
  if (permitted && allowed != nullptr) permitted->intersect(*allowed);
  if (permitted) allowed = &*permitted;
  k = std::min(k, std::max<std::size_t>(1, words.size()));
  const HybridQuery asked(words, vectors, query, vector, allowed, fusion);
  std::vector<RankedRow> rows = asked.best(k);
  const float least = least_score(words, vectors.passage_count(), query, fusion);
  const auto is_weak = [least](const RankedRow& row) { return row.score < least; };
  if (!rows.empty() && is_weak(rows.back())) {
    // Every row that is not weak is among them, so that all others with a name come after them.
    rows.erase(std::find_if(rows.begin(), rows.end(), is_weak), rows.end());
    const std::size_t related = rows.size();
    asked.add(rows, asked.named());
    sort_by_score(rows, related);
    rows.resize(std::min(k, rows.size()));
  }
  if (!groups.empty()) asked.add_group_bonuses(rows, groups);
  return rows;
}

std::vector<RankedRow> lexical_search(const lexical::LexicalIndex& words, std::string_view query,
                                      std::size_t k, const RowSet* allowed, Related related) {
  std::vector<RankedRow> rows;
  const std::vector<float> bonuses = name_bonuses(words, query);
  const bool has_names = std::any_of(bonuses.begin(), bonuses.end(), [](float b) { return b > 0; });
  const bool needs_all = allowed != nullptr || has_names;
  const std::size_t asked = needs_all ? std::max<std::size_t>(k, words.size()) : k;
  auto hits = related == Related::kNamed ? named_hits(words, query)
                                         : words.search(query, asked, lexical_options());
  if (has_names) prefer_names(hits, bonuses);
  for (const auto& hit : hits) {
    if (allowed != nullptr && !allowed->contains(hit.row)) continue;
    rows.push_back({hit.row, hit.score, 0.0f, hit.score});
    if (rows.size() == k) break;
  }
  return rows;
}

}  // namespace mayfly::engine
