// SPDX-License-Identifier: Apache-2.0
#include "engine/fusion.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/sort_numbers.h"

namespace mayfly::engine {
namespace {

// Documents without any word of the query have no rank. Equal scores: the earlier one is better.
void add_reciprocal_ranks(std::span<const float> scores, float lowest, float weight,
                          std::vector<float>& fused) {
  const auto order = sorted_order(
      scores.size(), [&](std::uint32_t a, std::uint32_t b) { return scores[a] > scores[b]; });
  float rank = 1;
  for (const std::uint32_t row : order) {
    if (!(scores[row] > lowest)) break;
    fused[row] += 1 / (weight + rank++);
  }
}

void add_mapped(std::span<const float> scores, float weight, std::vector<float>& fused) {
  const auto [low, high] = std::minmax_element(scores.begin(), scores.end());
  const float least = *low, range = *high - *low;
  if (!(range > 0)) return;
  for (std::size_t row = 0; row < scores.size(); ++row) {
    fused[row] += weight * ((scores[row] - least) / range);
  }
}

}  // namespace

std::vector<float> fuse(std::span<const float> lexical, std::span<const float> cosine,
                        const Fusion& fusion) {
  std::vector<float> fused(lexical.size());
  if (fused.empty()) return fused;
  switch (fusion.kind) {
    case FusionKind::kEvidence:
      for (std::size_t row = 0; row < fused.size(); ++row) {
        fused[row] = cosine[row] + fusion.weight * lexical[row];
      }
      break;
    case FusionKind::kReciprocalRank:
      add_reciprocal_ranks(lexical, 0.0f, fusion.weight, fused);
      add_reciprocal_ranks(cosine, -2.0f, fusion.weight, fused);
      break;
    case FusionKind::kMinMax:
      add_mapped(lexical, 1 - fusion.weight, fused);
      add_mapped(cosine, fusion.weight, fused);
      break;
  }
  return fused;
}

}  // namespace mayfly::engine
