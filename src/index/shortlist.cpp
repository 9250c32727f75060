// SPDX-License-Identifier: Apache-2.0
#include "index/shortlist.h"

#include <algorithm>
#include <functional>

namespace mayfly::index {

std::vector<std::uint32_t> best_places(std::span<const float> scores, std::size_t wanted) {
  std::vector<std::uint32_t> places;
  wanted = std::min(wanted, scores.size());
  if (wanted == 0) return places;
  std::vector<float> sorted(scores.begin(), scores.end());
  const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(wanted - 1);
  std::nth_element(sorted.begin(), last, sorted.end(), std::greater<>());
  const float limit = *last;
  auto at_limit = static_cast<std::size_t>(
      std::count(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(wanted), limit));
  places.reserve(wanted);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] < limit) continue;
    if (scores[i] == limit) {
      if (at_limit == 0) continue;
      --at_limit;
    }
    places.push_back(static_cast<std::uint32_t>(i));
  }
  return places;
}

}  // namespace mayfly::index
