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

// Exact search: every row is compared with the query. At kInt8 the cosine and the dot product are
// true up to rounding: usually within 0.001 for unit vectors, never off by more than half the row's
// scale times the query's L1 norm (and 1/32 of the like for the query's own, finer grid); at kInt10
// a quarter of that. A Euclidean distance is that of the rounded vectors, each off by at most
// sqrt(dim) / 2 of its scale; near 0 it is also true to no more than 4e-4 of the vectors' lengths.
// At kFloat32 all are true up to the rounding to f32.
//
// It does what a VectorIndex does, and is none (flat_vector_index.h is): virtual functions would
// bring visitors, who load this index only, three kilobytes that nothing calls.
class FlatIndex {
 public:
  // dim 1..kMaxDim (4096), else Error(kInvalidArgument).
  explicit FlatIndex(std::size_t dim) : rows_(dim) {}
  FlatIndex(std::size_t dim, Precision precision, Metric metric = Metric::kUnitCosine)
      : rows_(dim, precision, metric) {}

  std::size_t dim() const { return rows_.dim(); }
  std::size_t size() const { return rows_.size(); }
  std::size_t byte_count() const { return rows_.byte_count(); }
  std::size_t row_bytes() const { return rows_.row_bytes(); }

  // After it, rows can be added up to that number in all without an allocation.
  void reserve(std::size_t rows) { rows_.reserve(rows); }

  void append(std::span<const float> vector) { rows_.append(vector); }
  void replace(std::size_t row, std::span<const float> vector) { rows_.replace(row, vector); }
  void remove(std::size_t row) { rows_.remove(row); }
  void clear() { rows_.clear(); }

  // Copies all rows, in order; scores come out as if their vectors had been given here.
  // Error(kDimensionMismatch) when dim differs, Error(kInvalidArgument) when precision or metric
  // do.
  void append(const FlatIndex& source);
  // For a caller that numbers all rows itself: equal scores come by `sequence`.
  void append(std::span<const float> vector, std::uint64_t sequence) {
    rows_.append(vector, sequence);
  }
  // Both rows must exist and dim, precision and metric be the same.
  void replace(std::size_t row, const FlatIndex& source, std::size_t source_row);

  std::vector<RowHit> search(std::span<const float> query, std::size_t k) const;
  std::vector<RowHit> search(std::span<const float> query, std::size_t k, const RowSet& set) const;
  // The scores of these rows, which must exist, sorted in the same way.
  std::vector<RowHit> score(std::span<const float> query,
                            std::span<const std::uint32_t> rows) const;

 private:
  void require_like(const FlatIndex& source) const;

  VectorRows rows_;
};

}  // namespace mayfly::index
