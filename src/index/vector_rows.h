// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::index {

// How finely a row is kept. kInt8: a byte per dimension. kInt10: two bits more, for collections in
// which many rows are almost equally near; only the scores of results read them.
enum class Precision { kInt8, kInt10 };

// Unit vectors as int8 with one scale each, a quarter of f32: what every index keeps. Rows are
// numbered 0..size()-1 without holes. They live in blocks, so that growth copies nothing; memory
// that is freed or given up by a row is zeroed.
class VectorRows {
 public:
  struct Row {
    const std::int8_t* values;  // [stride], beyond dim zeros
    const std::uint8_t* rests;  // [stride / 4], kInt10; byte j: two bits each for the dimensions
                                // j, j + stride / 4, j + stride / 2, j + 3 stride / 4
    float scale;                // a value is about scale * (integer + (rest - 1.5) / 4), at kInt8
                                // without the latter
    std::int32_t sum;           // of the integers
    std::uint64_t sequence;     // of equal scores the lesser comes first: order of insertion
  };

  // Neighbouring rows that lie side by side in memory, each part in an array of its own.
  struct Stretch {
    const std::int8_t* values;  // [count, stride]
    const float* scales;        // [count]
    const std::int32_t* sums;   // [count]
    std::size_t count;
  };

  // dim 1..kMaxDim (4096), else Error(kInvalidArgument).
  explicit VectorRows(std::size_t dim, Precision precision = Precision::kInt8);

  std::size_t dim() const { return dim_; }
  std::size_t stride() const { return stride_; }
  Precision precision() const { return rest_stride_ > 0 ? Precision::kInt10 : Precision::kInt8; }
  std::size_t size() const { return size_; }
  // Of what is allocated for rows, used or not.
  std::size_t byte_count() const;
  // Of one row.
  std::size_t row_bytes() const {
    return stride_ + rest_stride_ + sizeof(Row::scale) + sizeof(Row::sum) + sizeof(Row::sequence);
  }

  // Error(kDimensionMismatch) unless it is dim().
  void require_dim(std::size_t dim) const;
  // `vector` must have dim values (else Error(kDimensionMismatch)) and unit length within 0.1 %, or
  // be all zeros (else Error(kInvalidArgument), NaN and infinities included).
  void require_unit_vector(std::span<const float> vector) const;

  // After it, rows can be added up to that number in all without an allocation.
  void reserve(std::size_t rows);
  // The vector as for require_unit_vector(), which these check.
  void append(std::span<const float> vector);
  void replace(std::size_t row, std::span<const float> vector);
  // Rows of another collection; dim and precision must be the same. A replaced row keeps its
  // sequence.
  void append(const Row& source);
  // In place of the order of insertion: `sequence`.
  void append(const Row& source, std::uint64_t sequence);
  void replace(std::size_t row, const Row& source);
  // The last row moves to this number. The row must exist.
  void remove(std::size_t row);
  void clear();

  Row operator[](std::size_t row) const {
    const Block& block = blocks_[row >> block_shift_];
    const std::size_t place = row & block_mask_;
    return {block.values.data() + place * stride_, block.rests.data() + place * rest_stride_,
            block.scales[place], block.sums[place], block.sequences[place]};
  }
  // From this row, which must exist, to the end of its block.
  Stretch stretch_from(std::size_t row) const {
    const Block& block = blocks_[row >> block_shift_];
    const std::size_t place = row & block_mask_;
    const std::size_t in_block = block_mask_ + 1 - place, left = size_ - row;
    return {block.values.data() + place * stride_, block.scales.data() + place,
            block.sums.data() + place, in_block < left ? in_block : left};
  }
  const std::int8_t* values(std::size_t row) const {
    return blocks_[row >> block_shift_].values.data() + (row & block_mask_) * stride_;
  }

 private:
  struct Block {
    SecureVector<std::int8_t> values;       // [rows per block, stride]
    SecureVector<std::uint8_t> rests;       // [rows per block, rest_stride]
    SecureVector<float> scales;             // [rows per block], and so on
    SecureVector<std::int32_t> sums;        //
    SecureVector<std::uint64_t> sequences;  //
  };

  void write(std::size_t row, const Row& source, std::uint64_t sequence);
  void quantize(std::size_t row, std::span<const float> vector, std::uint64_t sequence);
  void drop_last_row();

  std::size_t dim_;
  std::size_t stride_;  // dim rounded up to 64: every row begins on a cache line
  std::size_t rest_stride_;
  std::size_t block_shift_ = 0, block_mask_ = 0;  // rows per block are a power of two
  std::size_t size_ = 0;
  std::uint64_t next_sequence_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace mayfly::index
