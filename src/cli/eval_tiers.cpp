// SPDX-License-Identifier: Apache-2.0
#include "cli/eval_tiers.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace mayfly::cli {
namespace {

// Below every score: the passage is not in the ranking.
constexpr float kAbsent = -std::numeric_limits<float>::infinity();

// Rows by score, best first, absent ones left out; equal scores in row order.
std::vector<std::size_t> best_rows(const std::vector<float>& scores, std::size_t k) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < scores.size(); ++row) {
    if (scores[row] > kAbsent) rows.push_back(row);
  }
  const std::size_t count = std::min(k, rows.size());
  std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end(),
                    [&](std::size_t a, std::size_t b) {
                      return scores[a] > scores[b] || (scores[a] == scores[b] && a < b);
                    });
  rows.resize(count);
  return rows;
}

// Lowest to 0, highest to 1; all equal: all 0. Absent ones count as `floor`.
void normalise(std::vector<float>& scores, float floor) {
  for (float& score : scores) score = std::max(score, floor);
  const auto [low, high] = std::minmax_element(scores.begin(), scores.end());
  const float least = *low, range = *high - *low;
  for (float& score : scores) score = range > 0 ? (score - least) / range : 0.0f;
}

std::vector<std::string_view> texts_of_queries(const std::vector<Query>& queries) {
  std::vector<std::string_view> texts;
  for (const Query& query : queries) texts.emplace_back(query.text);
  return texts;
}

}  // namespace

Vectors::Vectors(const std::shared_ptr<const engine::Model>& model,
                 const std::vector<Passage>& corpus, const std::vector<Query>& asked,
                 tokenizer::SpecialTokens special_tokens, const BulkEmbedder& embedder)
    : passages(model, corpus, special_tokens, embedder),
      queries(embedder.embed(model, texts_of_queries(asked), special_tokens, "queries")) {}

TierRanking::TierRanking(const std::vector<Passage>& passages, const std::vector<Query>& queries,
                         const Vectors* static_vectors, const Vectors* contextual_vectors,
                         const TierSettings& settings)
    : passages_(passages),
      queries_(queries),
      static_(static_vectors),
      contextual_(contextual_vectors),
      settings_(settings) {
  for (const Passage& passage : passages) lexical_.append({passage.title(), {}, passage.body()});
}

std::vector<float> TierRanking::lexical_scores(std::size_t query) const {
  std::vector<float> scores(passages_.size(), kAbsent);
  const std::size_t all = std::max<std::size_t>(1, passages_.size());
  for (const auto& hit : lexical_.search(queries_[query].text, all)) scores[hit.row] = hit.score;
  return scores;
}

std::vector<bool> TierRanking::candidate_rows(std::size_t query) const {
  std::vector<bool> chosen(passages_.size());
  for (const Tier tier : {Tier::kLexical, static_ ? Tier::kStatic : Tier::kContextual}) {
    for (const std::size_t row : best_rows(scores(tier, query), settings_.candidates)) {
      chosen[row] = true;
    }
  }
  return chosen;
}

std::vector<float> TierRanking::scores(Tier tier, std::size_t query) const {
  const auto cosines = [query](const Vectors& vectors) {
    return vectors.passages.scores(vectors.queries.vector(query));
  };
  switch (tier) {
    case Tier::kLexical:
      return lexical_scores(query);
    case Tier::kStatic:
      return cosines(*static_);
    case Tier::kContextual:
      return cosines(*contextual_);
    case Tier::kHybrid:
      break;
    case Tier::kReranked: {
      std::vector<float> result = cosines(*contextual_);
      const std::vector<bool> chosen = candidate_rows(query);
      for (std::size_t row = 0; row < result.size(); ++row) {
        if (!chosen[row]) result[row] = kAbsent;
      }
      return result;
    }
  }
  std::vector<float> result = lexical_scores(query);
  std::vector<float> dense = cosines(static_ ? *static_ : *contextual_);
  if (result.empty()) return result;
  normalise(result, 0.0f);  // BM25 of a passage without any word of the query
  normalise(dense, -1.0f);
  for (std::size_t row = 0; row < result.size(); ++row) {
    result[row] += settings_.dense_weight * (dense[row] - result[row]);
  }
  return result;
}

std::vector<std::string> TierRanking::rank(Tier tier, std::size_t query, std::size_t k) const {
  std::vector<std::string> ids;
  for (const std::size_t row : best_rows(scores(tier, query), k)) ids.push_back(passages_[row].id);
  return ids;
}

std::vector<std::string> TierRanking::candidates(std::size_t query) const {
  const std::vector<bool> chosen = candidate_rows(query);
  std::vector<std::string> ids;
  for (std::size_t row = 0; row < chosen.size(); ++row) {
    if (chosen[row]) ids.push_back(passages_[row].id);
  }
  return ids;
}

}  // namespace mayfly::cli
