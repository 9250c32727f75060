// SPDX-License-Identifier: Apache-2.0
#include "analysis/retrieval_metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace mayfly::analysis {
namespace {

std::span<const std::string> first(std::span<const std::string> ranking, std::size_t k) {
  return ranking.first(std::min(k, ranking.size()));
}

double discount(std::size_t place) { return std::log2(static_cast<double>(place) + 2.0); }

double ideal_gain(const Judgements& relevant, std::size_t k) {
  std::vector<double> gains;
  for (const auto& [document, gain] : relevant) gains.push_back(gain);
  std::sort(gains.begin(), gains.end(), std::greater<>());
  double sum = 0.0;
  for (std::size_t place = 0; place < std::min(k, gains.size()); ++place) {
    sum += gains[place] / discount(place);
  }
  return sum;
}

}  // namespace

double ndcg_at(std::span<const std::string> ranking, const Judgements& relevant, std::size_t k) {
  if (relevant.empty()) return 0.0;
  const auto top = first(ranking, k);
  double sum = 0.0;
  for (std::size_t place = 0; place < top.size(); ++place) {
    const auto found = relevant.find(top[place]);
    if (found != relevant.end()) sum += found->second / discount(place);
  }
  return sum / ideal_gain(relevant, k);
}

double recall_at(std::span<const std::string> ranking, const Judgements& relevant, std::size_t k) {
  if (relevant.empty()) return 0.0;
  const auto top = first(ranking, k);
  const auto found = std::count_if(top.begin(), top.end(), [&](const std::string& document) {
    return relevant.contains(document);
  });
  return static_cast<double>(found) / static_cast<double>(relevant.size());
}

double reciprocal_rank_at(std::span<const std::string> ranking, const Judgements& relevant,
                          std::size_t k) {
  const auto top = first(ranking, k);
  for (std::size_t place = 0; place < top.size(); ++place) {
    if (relevant.contains(top[place])) return 1.0 / static_cast<double>(place + 1);
  }
  return 0.0;
}

}  // namespace mayfly::analysis
