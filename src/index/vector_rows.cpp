// SPDX-License-Identifier: Apache-2.0
#include "index/vector_rows.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <string>

#include "base/error.h"
#include "index/quantize_vector.h"

namespace mayfly::index {
namespace {

constexpr std::size_t kRowAlignment = 64;
// Small enough that a little collection stays little, large enough that a scan runs in long
// stretches.
constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
constexpr double kLengthTolerance = 1e-3;

std::size_t padded(std::size_t dim) {
  return (dim + kRowAlignment - 1) / kRowAlignment * kRowAlignment;
}
static_assert(kMaxDim % kRowAlignment == 0, "padding must not pass what the dot product allows");
static_assert(kBlockBytes >= kMaxDim);

// A unit vector may be that long.
constexpr double kLargestUnit = 1.0 + kLengthTolerance;

}  // namespace

VectorRows::VectorRows(std::size_t dim, const RowFormat* format)
    : format_(format),
      dim_(dim),
      stride_(padded(dim)),
      rest_stride_(format ? format->rest_bytes(stride_) : 0),
      largest_length_(kLargestUnit) {
  if (dim == 0 || dim > kMaxDim) {
    throw Error(ErrorCode::kInvalidArgument,
                "an index holds vectors of 1 to " + std::to_string(kMaxDim) + " dimensions");
  }
  while ((stride_ << (block_shift_ + 1)) <= kBlockBytes) ++block_shift_;
  block_mask_ = (std::size_t{1} << block_shift_) - 1;
}

std::size_t VectorRows::byte_count() const {
  return (blocks_.size() << block_shift_) * row_bytes();
}

void VectorRows::require_dim(std::size_t dim) const {
  if (dim == dim_) return;
  throw Error(ErrorCode::kDimensionMismatch, "vectors of " + std::to_string(dim) +
                                                 " dimensions met an index of " +
                                                 std::to_string(dim_) + "; use one model for both");
}

std::span<const float> VectorRows::kept(std::span<const float> vector,
                                        SecureVector<float>& space) const {
  require_dim(vector.size());
  if (format_) return format_->kept(vector, space);
  double squares = 0.0;
  for (const float value : vector) squares += double{value} * double{value};
  // Negated so that NaN fails too.
  if (!(std::fabs(std::sqrt(squares) - 1.0) <= kLengthTolerance) && squares != 0.0) {
    throw Error(ErrorCode::kInvalidArgument,
                "a vector is not of unit length; divide it by its L2 norm first");
  }
  return vector;
}

void VectorRows::dequantize(std::size_t row, std::span<float> out) const {
  const Row source = (*this)[row];
  for (std::size_t i = 0; i < dim_; ++i) {
    out[i] = static_cast<float>(source.values[i]) * source.scale;
  }
}

void VectorRows::reserve(std::size_t rows) {
  const std::size_t block_count = (rows + block_mask_) >> block_shift_;
  const std::size_t rows_per_block = block_mask_ + 1;
  while (blocks_.size() < block_count) {
    Block block;
    block.values.resize(rows_per_block * stride_);
    block.rests.resize(rows_per_block * rest_stride_);
    block.scales.resize(rows_per_block);
    block.sums.resize(rows_per_block);
    block.sequences.resize(rows_per_block);
    blocks_.push_back(std::move(block));
  }
}

void VectorRows::write(std::size_t row, const Row& source, std::uint64_t sequence) {
  Block& block = blocks_[row >> block_shift_];
  const std::size_t place = row & block_mask_;
  std::memmove(block.values.data() + place * stride_, source.values, stride_);
  std::copy_n(source.rests, rest_stride_, block.rests.data() + place * rest_stride_);
  block.scales[place] = source.scale;
  block.sums[place] = source.sum;
  block.sequences[place] = sequence;
}

void VectorRows::quantize(std::size_t row, std::span<const float> vector, std::uint64_t sequence) {
  Block& block = blocks_[row >> block_shift_];
  const std::size_t place = row & block_mask_;
  const std::span<std::int8_t> values(block.values.data() + place * stride_, dim_);
  const float scale = quantize_vector(vector, values);
  if (format_) {
    const std::span rests(block.rests.data() + place * rest_stride_, rest_stride_);
    note_length(format_->write_rests(vector, {values.data(), stride_}, scale, rests));
  }
  block.scales[place] = scale;
  block.sums[place] = std::accumulate(values.begin(), values.end(), std::int32_t{0});
  block.sequences[place] = sequence;
}

void VectorRows::append(std::span<const float> vector) {
  append(vector, next_sequence_);
  ++next_sequence_;
}

void VectorRows::append(std::span<const float> vector, std::uint64_t sequence) {
  SecureVector<float> space;
  const std::span<const float> values = kept(vector, space);
  reserve(size_ + 1);
  quantize(size_++, values, sequence);
}

void VectorRows::replace(std::size_t row, std::span<const float> vector) {
  SecureVector<float> space;
  quantize(row, kept(vector, space), (*this)[row].sequence);
}

void VectorRows::append(const Row& source) {
  if (format_) note_length(format_->row_length({source.values, stride_}, source.scale));
  reserve(size_ + 1);
  write(size_++, source, next_sequence_++);
}

void VectorRows::replace(std::size_t row, const Row& source) {
  if (format_) note_length(format_->row_length({source.values, stride_}, source.scale));
  write(row, source, (*this)[row].sequence);
}

void VectorRows::remove(std::size_t row) {
  const Row last = (*this)[size_ - 1];
  if (row != size_ - 1) write(row, last, last.sequence);
  drop_last_row();
}

void VectorRows::drop_last_row() {
  --size_;
  Block& block = blocks_[size_ >> block_shift_];
  const std::size_t place = size_ & block_mask_;
  zero_memory(block.values.data() + place * stride_, stride_);
  if (rest_stride_ > 0) zero_memory(block.rests.data() + place * rest_stride_, rest_stride_);
  block.scales[place] = 0.0F;
  block.sums[place] = 0;
  block.sequences[place] = 0;
  // One empty block stays, so that adding and removing at its edge does not allocate each time.
  const std::size_t blocks_in_use = (size_ + block_mask_) >> block_shift_;
  if (blocks_.size() > blocks_in_use + 1) blocks_.resize(blocks_in_use + 1);
}

void VectorRows::clear() {
  largest_length_ = kLargestUnit;
  blocks_.clear();
  size_ = 0;
}

}  // namespace mayfly::index
