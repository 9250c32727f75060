// SPDX-License-Identifier: Apache-2.0
#include "analysis/rank_correlation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace mayfly::analysis {

std::vector<double> average_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    // The mean of begin + 1, ..., end.
    const double rank = static_cast<double>(begin + 1 + end) / 2.0;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = rank;
  }
  return ranks;
}

double spearman(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size()) {
    throw Error(ErrorCode::kInvalidArgument,
                "a rank correlation needs two lists of the same length");
  }
  const std::vector<double> x = average_ranks(a), y = average_ranks(b);
  // The mean of the ranks 1..n, ties or not.
  const double mean = (static_cast<double>(x.size()) + 1.0) / 2.0;
  double xy = 0.0, xx = 0.0, yy = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
  }
  if (xx == 0.0 || yy == 0.0) {
    throw Error(ErrorCode::kInvalidArgument,
                "a rank correlation is undefined where one list has a single value");
  }
  return std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0);
}

}  // namespace mayfly::analysis
