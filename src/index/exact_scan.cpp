// SPDX-License-Identifier: Apache-2.0
#include "index/exact_scan.h"

#include <algorithm>

#include "base/error.h"

namespace mayfly::index {

void require_positive_k(std::size_t k) {
  if (k == 0) throw Error(ErrorCode::kInvalidArgument, "k must be at least 1");
}

std::vector<RowHit> hits_of(TopK& best, const RowFormat* format) {
  std::vector<RowHit> hits;
  for (const TopK::Entry& entry : best.take()) {
    hits.push_back({entry.row, format ? format->hit_score(entry.score) : entry.score});
  }
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
  return hits_of(best, rows.format());
}

std::vector<RowHit> scan_some(const VectorRows& rows, const QueryVector& query, std::size_t k,
                              std::span<const std::uint32_t> numbers) {
  if (numbers.empty()) return {};
  TopK best(std::min(k, numbers.size()));
  std::vector<float> bounds(numbers.size());
  query.score_bounds(numbers.data(), numbers.size(), bounds.data());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (best.full() && bounds[i] < best.worst_score()) continue;
    const VectorRows::Row candidate = rows[numbers[i]];
    best.offer({query.score(candidate), candidate.sequence, numbers[i]});
  }
  return hits_of(best, rows.format());
}

std::vector<std::uint32_t> rows_in(std::size_t size, const RowSet& set) {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(set.count());
  for (std::size_t row = 0; row < size; ++row) {
    if (set.contains(row)) numbers.push_back(static_cast<std::uint32_t>(row));
  }
  return numbers;
}

std::vector<RowHit> scan_set(const VectorRows& rows, const QueryVector& query, std::size_t k,
                             const RowSet& set) {
  return scan_some(rows, query, k, rows_in(rows.size(), set));
}

}  // namespace mayfly::index
