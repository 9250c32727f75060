// SPDX-License-Identifier: Apache-2.0
#include "index/flat_index.h"

#include "base/error.h"
#include "index/exact_scan.h"

namespace mayfly::index {

void FlatIndex::require_like(const FlatIndex& source) const {
  rows_.require_dim(source.dim());
  if (source.rows_.format() != rows_.format()) {
    throw Error(ErrorCode::kInvalidArgument,
                "vectors of two precisions or metrics met; use one for both");
  }
}

void FlatIndex::append(const FlatIndex& source) {
  require_like(source);
  const std::size_t count = source.size();
  rows_.reserve(rows_.size() + count);
  for (std::size_t row = 0; row < count; ++row) rows_.append(source.rows_[row]);
}

void FlatIndex::replace(std::size_t row, const FlatIndex& source, std::size_t source_row) {
  rows_.replace(row, source.rows_[source_row]);
}

std::vector<RowHit> FlatIndex::search(std::span<const float> query, std::size_t k) const {
  require_positive_k(k);
  return scan_all(rows_, QueryVector(rows_, query), k);
}

std::vector<RowHit> FlatIndex::search(std::span<const float> query, std::size_t k,
                                      const RowSet& set) const {
  require_positive_k(k);
  return scan_set(rows_, QueryVector(rows_, query), k, set);
}

std::vector<RowHit> FlatIndex::score(std::span<const float> query,
                                     std::span<const std::uint32_t> rows) const {
  return scan_some(rows_, QueryVector(rows_, query), rows.size(), rows);
}

}  // namespace mayfly::index
