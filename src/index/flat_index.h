// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::index {

struct RowHit {
  std::size_t row;
  float score;  // cosine, -1..1
};

// Exact search over unit vectors: every row is compared with the query. Rows are int8 with one
// scale each, a quarter of f32. The score is the cosine up to rounding: usually within 0.001,
// never off by more than half the row's scale times the query's L1 norm (and 1/32 of the like for
// the query's own, finer grid). Rows are numbered 0..size()-1 without holes. They live in blocks,
// so that growth copies nothing; memory that is freed or given up by a row is zeroed.
class FlatIndex {
 public:
  // dim 1..kMaxDim (4096), else Error(kInvalidArgument).
  explicit FlatIndex(std::size_t dim);

  std::size_t dim() const { return dim_; }
  std::size_t size() const { return size_; }

  // After it, rows can be added up to that number in all without an allocation.
  void reserve(std::size_t rows);

  // `vector` must have dim values (else Error(kDimensionMismatch)) and unit length within 0.1 %, or
  // be all zeros (else Error(kInvalidArgument), NaN and infinities included).
  void append(std::span<const float> vector);

  // Copies all rows, in order; scores come out as if their vectors had been given here.
  // Error(kDimensionMismatch) when dim differs.
  void append(const FlatIndex& source);
  // The row keeps its place among equal scores. Both rows must exist and dim be the same.
  void replace(std::size_t row, const FlatIndex& source, std::size_t source_row);

  // The last row moves to this number. The row must exist.
  void remove(std::size_t row);
  void clear();

  // The k best rows, best first, equal scores in order of insertion; fewer when there are fewer.
  // The query as for append(); k >= 1.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k) const;

 private:
  struct Block {
    SecureVector<std::int8_t> values;       // [rows_per_block, stride], beyond dim zeros
    SecureVector<float> scales;             // [rows_per_block]
    SecureVector<std::uint64_t> sequences;  // [rows_per_block] order of insertion
  };
  struct ConstRow {
    const std::int8_t* values;
    float scale;
    std::uint64_t sequence;
  };

  void require_dim(std::size_t dim) const;
  void require_unit_vector(std::span<const float> vector) const;
  std::int8_t* values_at(std::size_t row);
  ConstRow row_at(std::size_t row) const;
  void set_row(std::size_t row, const ConstRow& source, std::uint64_t sequence);
  void drop_last_row();

  std::size_t dim_;
  std::size_t stride_;  // dim rounded up to 64: every row begins on a cache line
  std::size_t rows_per_block_;
  std::size_t size_ = 0;
  std::uint64_t next_sequence_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace mayfly::index
