// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "base/row_set.h"
#include "index/row_hit.h"

namespace mayfly::index {

// What every index of vectors does. FlatIndex is exact and the measure of the others, which may
// miss some of the best rows; what they find has the scores that a FlatIndex of the same precision
// and metric gives. Rows are numbered 0..size()-1 without holes, in order of insertion until one is
// removed; memory that is freed or given up by a row is zeroed. A call that refuses its
// arguments has changed nothing.
class VectorIndex {
 public:
  virtual ~VectorIndex() = default;

  virtual std::size_t dim() const = 0;
  virtual std::size_t size() const = 0;
  // All that is allocated, used or not.
  virtual std::size_t byte_count() const = 0;
  // Of one row, without what is allocated and not used; a mean where rows differ.
  virtual std::size_t row_bytes() const = 0;

  // `vector` must have dim() values (else Error(kDimensionMismatch)) and a length that the metric
  // takes (else Error(kInvalidArgument), NaN and infinities included): unless another metric was
  // chosen, 1 within 0.1 %, or all zeros.
  virtual void append(std::span<const float> vector) = 0;
  // The row, which must exist, keeps its number and its place among equal scores.
  virtual void replace(std::size_t row, std::span<const float> vector) = 0;
  // The last row moves to this number. The row must exist.
  virtual void remove(std::size_t row) = 0;
  virtual void clear() = 0;

  // The k best rows found, best first, equal scores in order of insertion; fewer only when there
  // are fewer. The query as for append(); k >= 1, else Error(kInvalidArgument).
  virtual std::vector<RowHit> search(std::span<const float> query, std::size_t k) const = 0;
  // The same of the rows that are in the set. Exact where the set is so small that looking at all
  // of it costs no more.
  virtual std::vector<RowHit> search(std::span<const float> query, std::size_t k,
                                     const RowSet& set) const = 0;
};

}  // namespace mayfly::index
