// SPDX-License-Identifier: Apache-2.0
#include "index/exact_scan.h"

#include <algorithm>

#include "base/error.h"

namespace mayfly::index {

void require_positive_k(std::size_t k) {
  if (k == 0) throw Error(ErrorCode::kInvalidArgument, "k must be at least 1");
}

std::vector<RowHit> hits_of(TopK& best) {
  std::vector<RowHit> hits;
  for (const TopK::Entry& entry : best.take()) hits.push_back({entry.row, entry.score});
  return hits;
}

std::vector<RowHit> scan_all(const VectorRows& rows, const QueryVector& query, std::size_t k) {
  const std::size_t count = rows.size();
  if (count == 0) return {};
  TopK best(std::min(k, count));
  const auto offer = [&](std::size_t row) {
    const VectorRows::Row candidate = rows[row];
    best.offer({query.score(candidate), candidate.sequence, row});
  };
  std::size_t row = 0;
  while (!best.full()) offer(row++);
  float bounds[QueryVector::kMaxRows];
  while (row < count) {
    const std::size_t some = query.score_bounds(row, bounds);
    // A row whose bound equals the worst may still displace it by its sequence.
    for (std::size_t i = 0; i < some; ++i) {
      if (!(bounds[i] < best.worst_score())) offer(row + i);
    }
    row += some;
  }
  return hits_of(best);
}

std::vector<RowHit> scan_set(const VectorRows& rows, const QueryVector& query, std::size_t k,
                             const RowSet& set) {
  TopK best(std::max<std::size_t>(1, std::min(k, set.count())));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (!set.contains(row)) continue;
    const VectorRows::Row candidate = rows[row];
    best.offer({query.score(candidate), candidate.sequence, row});
  }
  return hits_of(best);
}

}  // namespace mayfly::index
