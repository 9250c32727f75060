// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mayfly::index {

// A set of row numbers 0..size-1, one bit each: what a filter lets pass.
class RowSet {
 public:
  explicit RowSet(std::size_t size) : size_(size), words_((size + 63) / 64) {}

  std::size_t size() const { return size_; }
  std::size_t count() const { return count_; }
  // Rows beyond size are not in it.
  bool contains(std::size_t row) const {
    return row < size_ && (words_[row / 64] >> (row % 64) & 1U) != 0;
  }
  // row < size.
  void insert(std::size_t row) {
    count_ += contains(row) ? 0 : 1;
    words_[row / 64] |= std::uint64_t{1} << (row % 64);
  }

 private:
  std::size_t size_;
  std::size_t count_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace mayfly::index
