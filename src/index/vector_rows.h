// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"
#include "index/row_format.h"

namespace mayfly::index {

// Vectors as int8 with one scale each, a quarter of f32: what every index keeps. Unless a format
// says otherwise they are of unit length. Rows are numbered 0..size()-1 without holes. They live in
// blocks, so that growth copies nothing; memory that is freed or given up by a row is zeroed.
class VectorRows {
 public:
  struct Row {
    const std::int8_t* values;  // [stride], beyond dim zeros
    // kInt10: [stride / 4]; byte j: two bits each for the dimensions j, j + stride / 4,
    // j + stride / 2, j + 3 stride / 4. kFloat32: [stride] f32. kEuclidean: -|v|^2 / 2 behind them.
    const std::uint8_t* rests;
    float scale;             // a value is about scale * integer, at kInt10 scale * (integer +
                             // (rest - 1.5) / 4)
    std::int32_t sum;        // of the integers
    std::uint64_t sequence;  // of equal scores the lesser comes first: order of insertion
  };

  // Neighbouring rows that lie side by side in memory, each part in an array of its own.
  struct Stretch {
    const std::int8_t* values;  // [count, stride]
    const float* scales;        // [count]
    const std::int32_t* sums;   // [count]
    std::size_t count;
  };

  // dim 1..kMaxDim (4096), else Error(kInvalidArgument).
  explicit VectorRows(std::size_t dim, const RowFormat* format = nullptr);
  VectorRows(std::size_t dim, Precision precision, Metric metric = Metric::kUnitCosine)
      : VectorRows(dim, row_format(precision, metric)) {}

  std::size_t dim() const { return dim_; }
  std::size_t stride() const { return stride_; }
  // nullptr: kInt8, kUnitCosine.
  const RowFormat* format() const { return format_; }
  Precision precision() const { return format_ ? format_->precision() : Precision::kInt8; }
  Metric metric() const { return format_ ? format_->metric() : Metric::kUnitCosine; }
  std::size_t size() const { return size_; }
  // Of what is allocated for rows, used or not.
  std::size_t byte_count() const;
  // Of one row.
  std::size_t row_bytes() const {
    return stride_ + rest_stride_ + sizeof(Row::scale) + sizeof(Row::sum) + sizeof(Row::sequence);
  }

  // Error(kDimensionMismatch) unless it is dim().
  void require_dim(std::size_t dim) const;
  // The vector as a row keeps it: itself, or of unit length in `space` (kCosine). It must have dim
  // values (else Error(kDimensionMismatch)) and a length that the metric takes (else
  // Error(kInvalidArgument)): for kUnitCosine 1 within 0.1 %, or all zeros; never NaN or infinity.
  std::span<const float> kept(std::span<const float> vector, SecureVector<float>& space) const;
  // At least the length of every row, and no less than a unit vector may have.
  double largest_length() const { return largest_length_; }

  // After it, rows can be added up to that number in all without an allocation.
  void reserve(std::size_t rows);
  // The vector as for kept(), which these check.
  void append(std::span<const float> vector);
  void replace(std::size_t row, std::span<const float> vector);
  // Rows of another collection; dim and format must be the same. A replaced row keeps its
  // sequence.
  void append(const Row& source);
  // In place of the order of insertion: `sequence`.
  void append(std::span<const float> vector, std::uint64_t sequence);
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
  // The row's values, of which there are dim, up to the rounding to int8.
  void dequantize(std::size_t row, std::span<float> out) const;
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

  void note_length(double length) {
    if (length > largest_length_) largest_length_ = length;
  }
  void write(std::size_t row, const Row& source, std::uint64_t sequence);
  // Not inlined into those who call it: it would be a kilobyte each time.
  [[gnu::noinline]] void quantize(std::size_t row, std::span<const float> vector,
                                  std::uint64_t sequence);
  void drop_last_row();

  const RowFormat* format_;
  std::size_t dim_;
  std::size_t stride_;  // dim rounded up to 64: every row begins on a cache line
  std::size_t rest_stride_;
  std::size_t block_shift_ = 0, block_mask_ = 0;  // rows per block are a power of two
  std::size_t size_ = 0;
  std::uint64_t next_sequence_ = 0;
  double largest_length_;
  std::vector<Block> blocks_;
};

}  // namespace mayfly::index
