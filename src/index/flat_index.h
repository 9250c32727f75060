// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/row_set.h"
#include "index/row_hit.h"
#include "index/vector_rows.h"

namespace mayfly::index {

// Exact search over unit vectors: every row is compared with the query. The score is the cosine up
// to rounding: usually within 0.001, never off by more than half the row's scale times the query's
// L1 norm (and 1/32 of the like for the query's own, finer grid). Rows are numbered 0..size()-1
// without holes; memory that is freed or given up by a row is zeroed.
class FlatIndex {
 public:
  // dim 1..kMaxDim (4096), else Error(kInvalidArgument).
  explicit FlatIndex(std::size_t dim, Precision precision = Precision::kInt8)
      : rows_(dim, precision) {}

  std::size_t dim() const { return rows_.dim(); }
  std::size_t size() const { return rows_.size(); }
  // Of what is allocated for rows, used or not.
  std::size_t byte_count() const { return rows_.byte_count(); }
  // Of one row, without what is allocated and not used.
  std::size_t row_bytes() const { return rows_.row_bytes(); }

  // After it, rows can be added up to that number in all without an allocation.
  void reserve(std::size_t rows) { rows_.reserve(rows); }

  // `vector` must have dim values (else Error(kDimensionMismatch)) and unit length within 0.1 %, or
  // be all zeros (else Error(kInvalidArgument), NaN and infinities included).
  void append(std::span<const float> vector) { rows_.append(vector); }

  // Copies all rows, in order; scores come out as if their vectors had been given here.
  // Error(kDimensionMismatch) when dim differs, Error(kInvalidArgument) when precision does.
  void append(const FlatIndex& source);
  // The same, for a caller that numbers all rows itself: equal scores come by `sequence`, which
  // counts up from row to row of the source.
  void append(const FlatIndex& source, std::uint64_t sequence);
  // The row keeps its place among equal scores. Both rows must exist and dim and precision be the
  // same.
  void replace(std::size_t row, const FlatIndex& source, std::size_t source_row);

  // The last row moves to this number. The row must exist.
  void remove(std::size_t row) { rows_.remove(row); }
  void clear() { rows_.clear(); }

  // The k best rows, best first, equal scores in order of insertion; fewer when there are fewer.
  // The query as for append(); k >= 1.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k) const;
  // The same of the rows that are in the set.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k, const RowSet& set) const;
  // The scores of these rows, which must exist, sorted in the same way.
  std::vector<RowHit> score(std::span<const float> query,
                            std::span<const std::uint32_t> rows) const;

 private:
  void require_like(const FlatIndex& source) const;

  VectorRows rows_;
};

}  // namespace mayfly::index
