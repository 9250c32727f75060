// SPDX-License-Identifier: Apache-2.0
#include "index/index_choice.h"

#include <algorithm>
#include <cmath>

namespace mayfly::index {
namespace {

// build_row, build_row_log, build_row_root, search_row, search_log, search_root
constexpr IndexCost kCosts[] = {
    {IndexKind::kFlat, 10, 0, 0, 0.085, 0, 0},
    {IndexKind::kBinary, 13, 0, 0, 0.03, 0, 0},
    {IndexKind::kIvf, 12, 0, 0.6, 0.004, 0, 1.0},
    {IndexKind::kHnsw, 0, 40, 0, 0, 20, 0},
};

// A person does not notice so much, and exact results need no explanation.
constexpr double kUnnoticedMs = 50.0;

}  // namespace

std::span<const IndexCost> index_costs() { return kCosts; }

double expected_ms(const IndexCost& cost, const Workload& workload) {
  const auto rows = static_cast<double>(std::max<std::size_t>(workload.rows, 2));
  const double log = std::log2(rows), root = std::sqrt(rows);
  const double build =
      rows * (cost.build_row + cost.build_row_log * log + cost.build_row_root * root);
  const double search = cost.search_row * rows + cost.search_log * log + cost.search_root * root;
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
