// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/bulk_embedder.h"
#include "cli/collection_files.h"
#include "cli/passage_search.h"
#include "lexical/lexical_index.h"

namespace mayfly::cli {

// What ranks the passages of a collection under test.
enum class Tier { kLexical, kStatic, kContextual, kHybrid, kReranked };

// Each tier's name, as options and output have it, and the vectors that it needs. Hybrid takes the
// static tier's where there are any, else the contextual ones.
struct TierInfo {
  Tier tier;
  const char* name;
  bool needs_static, needs_contextual;
};
inline constexpr std::array<TierInfo, 5> kTiers{{
    {Tier::kLexical, "lexical", false, false},
    {Tier::kStatic, "static", true, false},
    {Tier::kContextual, "contextual", false, true},
    {Tier::kHybrid, "hybrid", false, false},
    {Tier::kReranked, "reranked", true, true},
}};

struct TierSettings {
  float dense_weight = 0.5f;    // of the vectors' scores in hybrid, 0..1
  std::size_t candidates = 50;  // of each tier, in the union that is re-ranked
};

// One kind of vectors over the collection, with those of all queries.
struct Vectors {
  Vectors(const std::shared_ptr<const engine::Model>& model, const std::vector<Passage>& passages,
          const std::vector<Query>& queries, tokenizer::SpecialTokens special_tokens,
          const BulkEmbedder& embedder);

  PassageSearch passages;
  EmbeddedTexts queries;
};

// Ranks the passages for each query by each tier, all from the same index and vectors.
class TierRanking {
 public:
  // Everything must outlive it. Null vectors: tiers that need them must not be asked for.
  TierRanking(const std::vector<Passage>& passages, const std::vector<Query>& queries,
              const Vectors* static_vectors, const Vectors* contextual_vectors,
              const TierSettings& settings);

  // Ids, best first, at most k: passages with a word of the query (lexical), of the union of
  // candidates (reranked), else all. Equal scores keep the order of the corpus.
  std::vector<std::string> rank(Tier tier, std::size_t query, std::size_t k) const;
  // The union of the best `candidates` of the lexical tier and of hybrid's vectors; unordered.
  std::vector<std::string> candidates(std::size_t query) const;

 private:
  std::vector<float> lexical_scores(std::size_t query) const;
  std::vector<float> scores(Tier tier, std::size_t query) const;
  std::vector<bool> candidate_rows(std::size_t query) const;

  const std::vector<Passage>& passages_;
  const std::vector<Query>& queries_;
  const Vectors* static_;
  const Vectors* contextual_;
  TierSettings settings_;
  lexical::LexicalIndex lexical_;
};

}  // namespace mayfly::cli
