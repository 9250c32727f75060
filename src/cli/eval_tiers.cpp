// SPDX-License-Identifier: Apache-2.0
#include "cli/eval_tiers.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "engine/hybrid_search.h"
#include "engine/token_alignment.h"

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

}  // namespace

bool TierInfo::uses(VectorKind kind) const {
  return std::find(needs.begin(), needs.end(), kind) != needs.end();
}

const std::array<TierInfo, 12>& all_tiers() {
  using engine::FusionKind;
  using enum VectorKind;
  static const std::array<TierInfo, 12> tiers{{
      {Tier::kLexical, "lexical", {}},
      {Tier::kStatic, "static", {kStatic}},
      {Tier::kEarly, "early", {kStaticPassages}, engine::kStaticFusion},
      {Tier::kContextual, "contextual", {kContextual}},
      {Tier::kReranked, "reranked", {kStatic, kContextual}},
      {Tier::kFused, "rrf-60", {kContextual}, {FusionKind::kReciprocalRank, 60}},
      {Tier::kFused, "rrf-10", {kContextual}, {FusionKind::kReciprocalRank, 10}},
      {Tier::kFused, "min-max-0.5", {kContextual}, {FusionKind::kMinMax, 0.5f}},
      {Tier::kFused, "min-max-0.7", {kContextual}, {FusionKind::kMinMax, 0.7f}},
      {Tier::kHybrid, "hybrid", {kContextualPassages}, engine::kDefaultFusion},
      {Tier::kHybrid, "hybrid-late", {kLatePassages}, engine::kDefaultFusion},
      {Tier::kMaxSim, "hybrid-maxsim", {kContextualPassages}, engine::kDefaultFusion},
  }};
  return tiers;
}

TierRanking::TierRanking(const std::vector<Passage>& documents, const std::vector<Query>& queries,
                         const VectorSets& vectors, const TierSettings& settings)
    : documents_(documents), queries_(queries), vectors_(vectors), settings_(settings) {
  for (const Passage& document : documents) {
    lexical_.append({document.title(), document.headings, document.body()});
  }
}

std::vector<float> TierRanking::cosines(VectorKind kind, std::size_t query) const {
  return vectors_[static_cast<std::size_t>(kind)]->scores(query);
}

std::vector<float> TierRanking::lexical_scores(std::size_t query, float title_weight) const {
  std::vector<float> scores(documents_.size());
  lexical::SearchOptions options;
  options.bm25.field_weights[lexical::kTitle] = title_weight;
  const std::size_t all = std::max<std::size_t>(1, documents_.size());
  for (const auto& hit : lexical_.search(queries_[query].text, all, options)) {
    scores[hit.row] = hit.score;
  }
  return scores;
}

std::vector<float> TierRanking::lexical_ranking(std::size_t query) const {
  std::vector<float> result = lexical_scores(query, 1.0f);
  std::replace(result.begin(), result.end(), 0.0f, kAbsent);
  return result;
}

std::vector<bool> TierRanking::candidate_rows(std::size_t query) const {
  std::vector<bool> chosen(documents_.size());
  for (const auto& scores : {lexical_ranking(query), cosines(VectorKind::kStatic, query)}) {
    for (const std::size_t row : best_rows(scores, settings_.candidates)) chosen[row] = true;
  }
  return chosen;
}

std::vector<float> TierRanking::reranked(std::size_t query) const {
  std::vector<float> result = cosines(VectorKind::kContextual, query);
  const std::vector<bool> chosen = candidate_rows(query);
  for (std::size_t row = 0; row < result.size(); ++row) {
    if (!chosen[row]) result[row] = kAbsent;
  }
  return result;
}

// As engine::hybrid_search: names first, and without what is not related to the query.
std::vector<float> TierRanking::answers(std::size_t query, const engine::Fusion& fusion,
                                        std::size_t passages, std::vector<float> scores) const {
  const std::string_view text = queries_[query].text;
  const std::vector<float> bonuses = engine::name_bonuses(lexical_, text);
  const float least = engine::least_score(lexical_, passages, text, fusion);
  const RowSet related = engine::related_by_words(lexical_, text);
  for (std::size_t row = 0; row < scores.size(); ++row) {
    scores[row] += bonuses[row];
    if (scores[row] < least && !related.contains(row)) scores[row] = kAbsent;
  }
  return scores;
}

std::vector<float> TierRanking::scores(const TierInfo& tier, std::size_t query) const {
  switch (tier.tier) {
    case Tier::kLexical:
      return lexical_ranking(query);
    case Tier::kStatic:
    case Tier::kContextual:
      return cosines(tier.needs.front(), query);
    case Tier::kReranked:
      return reranked(query);
    case Tier::kFused:
      return engine::fuse(lexical_scores(query, 1.0f), cosines(tier.needs.front(), query),
                          tier.fusion);
    case Tier::kMaxSim:
      return by_late_interaction(tier, query);
    case Tier::kEarly:
    case Tier::kHybrid:
      break;
  }
  return hybrid_scores(tier, query);
}

std::vector<float> TierRanking::hybrid_scores(const TierInfo& tier, std::size_t query) const {
  engine::Fusion fusion = tier.fusion;
  if (tier.tier != Tier::kEarly) fusion.weight = settings_.lexical_weight;
  const Vectors& vectors = *vectors_[static_cast<std::size_t>(tier.needs.front())];
  return answers(
      query, fusion, vectors.passage_count(),
      engine::fuse(lexical_scores(query, engine::kTitleWeight), vectors.scores(query), fusion));
}

// The candidates by their score and that of the passage that carried it, before all others.
std::vector<float> TierRanking::by_late_interaction(const TierInfo& tier, std::size_t query) const {
  constexpr float kBefore = 1000;  // more than any score
  const Vectors& vectors = *vectors_[static_cast<std::size_t>(tier.needs.front())];
  std::vector<float> result = hybrid_scores(tier, query);
  const std::vector<std::size_t> rows = best_rows(result, settings_.candidates);
  engine::AlignmentJob job(vectors.model(), queries_[query].text,
                           vectors.best_passages(query, rows));
  while (!job.step(1000)) {
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    result[rows[i]] += kBefore + settings_.maxsim_weight * job.alignment(i).score;
  }
  return result;
}

std::vector<std::string> TierRanking::rank(const TierInfo& tier, std::size_t query,
                                           std::size_t k) const {
  std::vector<std::string> ids;
  for (const std::size_t row : best_rows(scores(tier, query), k)) {
    ids.push_back(documents_[row].id);
  }
  return ids;
}

std::size_t TierRanking::search(const TierInfo& tier, std::size_t query, std::size_t k) const {
  switch (tier.tier) {
    case Tier::kLexical:
      return lexical_.search(queries_[query].text, k).size();
    case Tier::kStatic:
    case Tier::kContextual:
      return vectors_[static_cast<std::size_t>(tier.needs.front())]->search(query, k);
    default:
      return rank(tier, query, k).size();
  }
}

std::size_t TierRanking::vector_bytes(const TierInfo& tier) const {
  std::size_t bytes = 0;
  for (const VectorKind kind : tier.needs) {
    bytes += vectors_[static_cast<std::size_t>(kind)]->vector_bytes();
  }
  return bytes;
}

std::vector<std::string> TierRanking::candidates(std::size_t query) const {
  const std::vector<bool> chosen = candidate_rows(query);
  std::vector<std::string> ids;
  for (std::size_t row = 0; row < chosen.size(); ++row) {
    if (chosen[row]) ids.push_back(documents_[row].id);
  }
  return ids;
}

}  // namespace mayfly::cli
