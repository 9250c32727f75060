// SPDX-License-Identifier: Apache-2.0
#include "index/index_choice.h"

#include <algorithm>
#include <cmath>

namespace mayfly::index {
namespace {

// build_row, build_row_log, search_row, search_log
constexpr IndexCost kCosts[] = {
    {IndexKind::kFlat, 16, 0, 0.08, 2},
    {IndexKind::kBinary, 17, 0, 0.0105, 11},
    {IndexKind::kHnsw, 0, 33, 0, 34},
};

// A person does not notice so much, and exact results need no explanation.
constexpr double kUnnoticedMs = 50.0;

}  // namespace

std::span<const IndexCost> index_costs() { return kCosts; }

double expected_ms(const IndexCost& cost, const Workload& workload) {
  const auto rows = static_cast<double>(std::max<std::size_t>(workload.rows, 2));
  const double log = std::log2(rows);
  const double build = rows * (cost.build_row + cost.build_row_log * log);
  const double search = cost.search_row * rows + cost.search_log * log;
  return (build + search * static_cast<double>(workload.queries)) *
         static_cast<double>(workload.dim) * 1e-6;
}

IndexKind choose_index(const Workload& workload) {
  IndexKind chosen = IndexKind::kFlat;
  double least = expected_ms(kCosts[0], workload) - kUnnoticedMs;
  for (const IndexCost& cost : kCosts) {
    if (cost.kind == IndexKind::kFlat) continue;
    if (cost.kind == IndexKind::kBinary && !is_cosine(workload.metric)) continue;
    const double ms = expected_ms(cost, workload);
    if (ms >= least) continue;
    least = ms;
    chosen = cost.kind;
  }
  return chosen;
}

}  // namespace mayfly::index
