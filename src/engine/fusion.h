// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace mayfly::engine {

// How the lexical score and the cosine of a document become one score.
enum class FusionKind : std::uint8_t {
  // cosine + weight * BM25. Both keep their magnitudes: BM25 is a sum of log odds, large where rare
  // words of the query occur and small where only common ones do, so a decisive keyword match
  // outweighs the vectors and an indecisive one hardly touches them, query by query, without a
  // setting of the collection's own.
  kEvidence,
  // 1 / (weight + rank), summed over both rankings (Cormack, Clarke and Buettcher, "Reciprocal Rank
  // Fusion outperforms Condorcet and individual Rank Learning Methods", 2009).
  kReciprocalRank,
  // Each score mapped from its lowest and highest over the collection to 0 and 1, then
  // weight * cosine + (1 - weight) * BM25.
  kMinMax,
};

struct Fusion {
  FusionKind kind;
  float weight;  // > 0; of kMinMax 0..1
  // What a document must score to be an answer: what texts reach that have nothing to do with each
  // other, and so much more as documents do not know the query's words (from all to none of them,
  // by IDF): what a model makes of letters that are no words lies anywhere.
  float least_score = 0, unknown_words = 0;
};

// How the best of a document's passages and BM25 (k1 1.2, b 0.75, words of the title counting
// twice) are joined: with vectors of the transformer, and with those of the static tier, which are
// worth less. Chosen on the development collections: docs/decisions/fusion.md.
inline constexpr Fusion kDefaultFusion{FusionKind::kEvidence, 0.0085f, 0.3f, 0.1f};
inline constexpr Fusion kStaticFusion{FusionKind::kEvidence, 0.02f, 0.3f, 0.25f};
inline constexpr float kTitleWeight = 2.0f;

// What is added to the score of a document that the query names, by lexical::NameMatch: a title or
// heading that is the query comes before what only is about it, whatever the vectors say; words
// within a title are one piece of evidence more, and so is a word that is all of the query.
inline constexpr float kNameBonus[] = {0.3f, 0.4f, 0.6f, 1.0f, 2.0f};

// How far below a group's best score, in cosines of the transformer, another one still counts: see
// hybrid_search.h.
inline constexpr float kGroupPooling = 0.05f;

// The fused score of each document. lexical: BM25, 0 where no word of the query occurs; cosine: of
// the document, or the best of its passages, -1..1. As long as each other; finite.
std::vector<float> fuse(std::span<const float> lexical, std::span<const float> cosine,
                        const Fusion& fusion = kDefaultFusion);

}  // namespace mayfly::engine
