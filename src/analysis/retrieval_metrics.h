// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <map>
#include <span>
#include <string>

namespace mayfly::analysis {

// Relevant documents of one query with their gains, all above 0.
using Judgements = std::map<std::string, double, std::less<>>;

// Each takes one query's ranking, best first, without repetitions, and its judgements. k >= 1. A
// query without relevant documents scores 0; leave such out of a mean, as trec_eval and BEIR do.

// Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) as trec_eval and BEIR
// compute it: gain as judged, discount log2(rank + 1), ideal ranking over all judgements.
double ndcg_at(std::span<const std::string> ranking, const Judgements& relevant, std::size_t k);

// Share of the relevant documents that stand among the first k.
double recall_at(std::span<const std::string> ranking, const Judgements& relevant, std::size_t k);

// 1 / rank of the first relevant document among the first k, else 0.
double reciprocal_rank_at(std::span<const std::string> ranking, const Judgements& relevant,
                          std::size_t k);

}  // namespace mayfly::analysis
