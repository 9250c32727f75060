// SPDX-License-Identifier: Apache-2.0
#include "index/flat_index.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "base/error.h"
#include "index/quantize_vector.h"
#include "index/top_k.h"
#include "kernels/kernels.h"

namespace mayfly::index {
namespace {

constexpr std::size_t kRowAlignment = 64;
// Small enough that a little collection stays little, large enough that the scan runs in long
// stretches.
constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
constexpr double kLengthTolerance = 1e-3;

std::size_t padded(std::size_t dim) {
  return (dim + kRowAlignment - 1) / kRowAlignment * kRowAlignment;
}
static_assert(kMaxDim % kRowAlignment == 0, "padding must not pass what the dot product allows");
static_assert(kBlockBytes >= kMaxDim);

}  // namespace

FlatIndex::FlatIndex(std::size_t dim)
    : dim_(dim), stride_(padded(dim)), rows_per_block_(stride_ > 0 ? kBlockBytes / stride_ : 0) {
  if (dim == 0 || dim > kMaxDim) {
    throw Error(ErrorCode::kInvalidArgument,
                "an index holds vectors of 1 to " + std::to_string(kMaxDim) + " dimensions");
  }
}

void FlatIndex::require_dim(std::size_t dim) const {
  if (dim == dim_) return;
  throw Error(ErrorCode::kDimensionMismatch, "vectors of " + std::to_string(dim) +
                                                 " dimensions met an index of " +
                                                 std::to_string(dim_) + "; use one model for both");
}

void FlatIndex::require_unit_vector(std::span<const float> vector) const {
  require_dim(vector.size());
  double squares = 0.0;
  for (const float value : vector) squares += double{value} * double{value};
  // Negated so that NaN fails too.
  if (!(std::fabs(std::sqrt(squares) - 1.0) <= kLengthTolerance) && squares != 0.0) {
    throw Error(ErrorCode::kInvalidArgument,
                "a vector is not of unit length; divide it by its L2 norm first");
  }
}

std::int8_t* FlatIndex::values_at(std::size_t row) {
  return blocks_[row / rows_per_block_].values.data() + row % rows_per_block_ * stride_;
}

FlatIndex::ConstRow FlatIndex::row_at(std::size_t row) const {
  const Block& block = blocks_[row / rows_per_block_];
  const std::size_t place = row % rows_per_block_;
  return {block.values.data() + place * stride_, block.scales[place], block.sequences[place]};
}

void FlatIndex::set_row(std::size_t row, const ConstRow& source, std::uint64_t sequence) {
  std::memcpy(values_at(row), source.values, stride_);
  Block& block = blocks_[row / rows_per_block_];
  block.scales[row % rows_per_block_] = source.scale;
  block.sequences[row % rows_per_block_] = sequence;
}

void FlatIndex::reserve(std::size_t rows) {
  const std::size_t block_count = (rows + rows_per_block_ - 1) / rows_per_block_;
  while (blocks_.size() < block_count) {
    Block block;
    block.values.resize(rows_per_block_ * stride_);
    block.scales.resize(rows_per_block_);
    block.sequences.resize(rows_per_block_);
    blocks_.push_back(std::move(block));
  }
}

void FlatIndex::append(std::span<const float> vector) {
  require_unit_vector(vector);
  reserve(size_ + 1);
  Block& block = blocks_[size_ / rows_per_block_];
  block.scales[size_ % rows_per_block_] =
      quantize_vector(vector, std::span(values_at(size_), dim_));
  block.sequences[size_ % rows_per_block_] = next_sequence_++;
  ++size_;
}

void FlatIndex::append(const FlatIndex& source) {
  require_dim(source.dim());
  const std::size_t count = source.size();
  reserve(size_ + count);
  for (std::size_t row = 0; row < count; ++row) {
    set_row(size_++, source.row_at(row), next_sequence_++);
  }
}

void FlatIndex::replace(std::size_t row, const FlatIndex& source, std::size_t source_row) {
  set_row(row, source.row_at(source_row), row_at(row).sequence);
}

void FlatIndex::remove(std::size_t row) {
  const ConstRow last = row_at(size_ - 1);
  if (row != size_ - 1) set_row(row, last, last.sequence);
  drop_last_row();
}

void FlatIndex::drop_last_row() {
  --size_;
  zero_memory(values_at(size_), stride_);
  Block& block = blocks_[size_ / rows_per_block_];
  block.scales[size_ % rows_per_block_] = 0.0F;
  block.sequences[size_ % rows_per_block_] = 0;
  // One empty block stays, so that adding and removing at its edge does not allocate each time.
  const std::size_t blocks_in_use = (size_ + rows_per_block_ - 1) / rows_per_block_;
  if (blocks_.size() > blocks_in_use + 1) blocks_.resize(blocks_in_use + 1);
}

void FlatIndex::clear() {
  blocks_.clear();
  size_ = 0;
}

std::vector<RowHit> FlatIndex::search(std::span<const float> query, std::size_t k) const {
  if (k == 0) throw Error(ErrorCode::kInvalidArgument, "k must be at least 1");
  require_unit_vector(query);
  if (size_ == 0) return {};
  SecureVector<std::int16_t> quantized(stride_);  // zeros beyond dim, like the rows
  const float query_scale = quantize_vector(query, std::span(quantized.data(), dim_));
  kernels::dot_s16s8_fn* const dot = kernels::active().dot_s16s8;

  TopK best(std::min(k, size_));
  for (std::size_t first = 0; first < size_; first += rows_per_block_) {
    const Block& block = blocks_[first / rows_per_block_];
    const std::size_t count = std::min(rows_per_block_, size_ - first);
    const std::int8_t* values = block.values.data();
    for (std::size_t place = 0; place < count; ++place, values += stride_) {
      const auto product = static_cast<float>(dot(quantized.data(), values, stride_));
      // Rounding can carry a vector's cosine with itself past 1.
      const float score = std::clamp(product * (block.scales[place] * query_scale), -1.0F, 1.0F);
      best.offer({score, block.sequences[place], first + place});
    }
  }
  std::vector<RowHit> hits;
  hits.reserve(std::min(k, size_));
  for (const TopK::Entry& entry : best.take()) hits.push_back({entry.row, entry.score});
  return hits;
}

}  // namespace mayfly::index
