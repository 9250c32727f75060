// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "index/exact_scan.h"
#include "index/hnsw_index.h"

namespace mayfly::index {

// Looks at the neighbours of the nearest row not yet looked at, until all in the beam have been.
void HnswIndex::expand(const QueryVector& query, std::size_t layer, HnswBeam& beam) const {
  visited_.begin(rows_.size());
  for (const ScoredRow& start : beam.rows()) visited_.insert(start.row);
  std::uint32_t fresh[QueryVector::kMaxRows];
  float scores[QueryVector::kMaxRows];
  for (std::uint32_t row = beam.next(); row != HnswBeam::kNone; row = beam.next()) {
    std::size_t count = 0;
    for (const std::uint32_t neighbour : graph_.neighbours(row, layer)) {
      if (visited_.insert(neighbour)) fresh[count++] = neighbour;
    }
    query.coarse_scores(fresh, count, scores);
    for (std::size_t i = 0; i < count; ++i) beam.offer(scores[i], fresh[i]);
  }
}

// From the entry down to just above `layer`, always to the nearest row.
HnswBeam HnswIndex::enter(const QueryVector& query, std::size_t layer) const {
  HnswBeam beam(1);
  float score;
  query.coarse_scores(&entry_, 1, &score);
  beam.offer(score, entry_);
  for (std::size_t above = graph_.level(entry_); above > layer; --above) {
    expand(query, above, beam);
    beam.restart();
  }
  return beam;
}

TopK::Entry HnswIndex::exact(const QueryVector& query, std::uint32_t row) const {
  const VectorRows::Row candidate = rows_[row];
  return {query.score(candidate), candidate.sequence, row};
}

HnswBeam HnswIndex::nearest(const QueryVector& query, std::size_t ef) const {
  HnswBeam beam = enter(query, 0);
  beam.widen(ef);
  expand(query, 0, beam);
  return beam;
}

std::vector<RowHit> HnswIndex::search(std::span<const float> query, std::size_t k,
                                      std::size_t ef) const {
  require_positive_k(k);
  const QueryVector prepared(rows_, query);
  if (rows_.size() == 0) return {};
  const std::size_t wanted = std::min(k, rows_.size());
  const HnswBeam beam = nearest(prepared, std::max(ef, wanted));
  TopK best(wanted);
  for (const ScoredRow& found : beam.rows()) best.offer(exact(prepared, found.row));
  return hits_of(best, rows_.format());
}

std::vector<RowHit> HnswIndex::search(std::span<const float> query, std::size_t k, std::size_t ef,
                                      const RowSet& set) const {
  require_positive_k(k);
  const QueryVector prepared(rows_, query);
  const std::size_t passing = set.count();
  if (rows_.size() == 0 || passing == 0) return {};
  const std::size_t wanted = std::min(k, passing);
  // To have ef rows of the set in view, the beam must be wider by the rows that are not in it, and
  // it scores about m rows for each that it holds.
  const std::size_t width = std::max(ef, wanted) * (rows_.size() / passing + 1);
  if (passing > options_.m * width) {
    const HnswBeam beam = nearest(prepared, width);
    TopK best(wanted);
    for (const ScoredRow& found : beam.rows()) {
      if (set.contains(found.row)) best.offer(exact(prepared, found.row));
    }
    // Where the set lies far from the query, the beam holds too few of it.
    if (best.full()) return hits_of(best, rows_.format());
  }
  return scan_set(rows_, prepared, wanted, set);
}

}  // namespace mayfly::index
