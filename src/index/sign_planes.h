// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::index {

// Rows of bits, kept so that the rows in which the fewest bits differ from a query's are found
// fast: of 128 rows the same bit lies side by side (kernels/sign_order.h). Rows are numbered
// 0..size()-1; a row's bits are [words()], as write_signs() makes them.
class SignPlanes {
 public:
  // width: bits per row, a multiple of 64, at most 4096.
  explicit SignPlanes(std::size_t width);

  std::size_t size() const { return size_; }
  std::size_t words() const { return width_ / 64; }
  std::size_t byte_count() const { return blocks_.size() * block_words() * sizeof(std::uint64_t); }
  std::size_t row_bytes() const { return block_words() * sizeof(std::uint64_t) / kBlockRows; }

  // Makes room for one more row, which append() then needs no memory for.
  void reserve_one();
  void append(std::span<const std::uint64_t> bits);
  void replace(std::size_t row, std::span<const std::uint64_t> bits);
  // The last row moves to this number.
  void remove(std::size_t row);
  void clear();

  // The numbers of the `wanted` rows (of all if there are fewer) in which the fewest bits differ,
  // ascending; of those with the same count the first.
  std::vector<std::uint32_t> nearest(std::span<const std::uint64_t> bits, std::size_t wanted) const;
  // The same among some rows, which must exist.
  std::vector<std::uint32_t> nearest(std::span<const std::uint64_t> bits, std::size_t wanted,
                                     std::span<const std::uint32_t> among) const;

 private:
  using Words = std::vector<std::uint64_t>;
  static constexpr std::size_t kBlockRows = 128;
  static constexpr std::size_t kPlaneWords = kBlockRows / 64;

  // A block: a plane per bit, a plane of zeros, and the count of set bits in digits_ planes.
  std::size_t block_words() const { return (width_ + 1 + digits_) * kPlaneWords; }
  bool bit(std::size_t row, std::size_t plane) const;
  void set_bit(std::size_t row, std::size_t plane, bool value);
  Words order_of(std::span<const std::uint64_t> bits) const;
  std::vector<std::uint32_t> least(const Words& order, std::size_t wanted, Words among) const;

  std::size_t width_, digits_;
  std::size_t size_ = 0;
  std::vector<SecureVector<std::uint64_t>> blocks_;
};

}  // namespace mayfly::index
