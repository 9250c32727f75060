// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/collection_files.h"
#include "cli/eval_vectors.h"
#include "engine/fusion.h"
#include "lexical/lexical_index.h"

namespace mayfly::cli {

// What ranks the documents of a collection under test.
enum class Tier {
  kLexical,
  kStatic,
  kEarly,
  kContextual,
  kReranked,
  kFused,
  kHybrid,
  kMaxSim,
};

// Each tier's name, as options and output have it, the vectors that it reads, and how it joins them
// with the lexical scores, if it does.
struct TierInfo {
  Tier tier;
  std::string_view name;
  std::vector<VectorKind> needs;
  engine::Fusion fusion{};

  bool uses(VectorKind kind) const;
  // Ranks by one index alone.
  bool is_single() const {
    return tier == Tier::kLexical || tier == Tier::kStatic || tier == Tier::kContextual;
  }
};
const std::array<TierInfo, 12>& all_tiers();

struct TierSettings {
  float lexical_weight = engine::kDefaultFusion.weight;  // in hybrid, > 0
  std::size_t candidates = 50;  // of each tier, in the union that is re-ranked
  float maxsim_weight = 0.1f;   // what late interaction adds to the score in hybrid-maxsim, > 0
};

// Ranks the documents for each query by each tier, all from the same index and vectors.
class TierRanking {
 public:
  // Everything must outlive it. Tiers that need vectors which are not there must not be asked for.
  TierRanking(const std::vector<Passage>& documents, const std::vector<Query>& queries,
              const VectorSets& vectors, const TierSettings& settings);

  // Ids, best first, at most k: documents with a word of the query (lexical), of the union of
  // candidates (reranked), else all. Equal scores keep the order of the corpus.
  std::vector<std::string> rank(const TierInfo& tier, std::size_t query, std::size_t k) const;
  // The work of one search for the k best and no more, to be timed: that of the index alone for
  // lexical, static and contextual, else that of rank(). How many it found.
  std::size_t search(const TierInfo& tier, std::size_t query, std::size_t k) const;
  // Of all vectors that the tier keeps for a document or passage; 0 for none.
  std::size_t vector_bytes(const TierInfo& tier) const;
  // The union of the best `candidates` of the lexical and the static tier; unordered.
  std::vector<std::string> candidates(std::size_t query) const;

 private:
  std::vector<float> cosines(VectorKind kind, std::size_t query) const;
  std::vector<float> lexical_scores(std::size_t query, float title_weight) const;
  std::vector<float> lexical_ranking(std::size_t query) const;  // without those that have no word
  std::vector<float> scores(const TierInfo& tier, std::size_t query) const;
  std::vector<float> reranked(std::size_t query) const;
  std::vector<float> answers(std::size_t query, const engine::Fusion& fusion, std::size_t passages,
                             std::vector<float> scores) const;
  std::vector<float> hybrid_scores(const TierInfo& tier, std::size_t query) const;
  std::vector<float> by_late_interaction(const TierInfo& tier, std::size_t query) const;
  std::vector<bool> candidate_rows(std::size_t query) const;

  const std::vector<Passage>& documents_;
  const std::vector<Query>& queries_;
  const VectorSets& vectors_;
  TierSettings settings_;
  lexical::LexicalIndex lexical_;
};

}  // namespace mayfly::cli
