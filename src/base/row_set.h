// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mayfly {

// A set of rows out of 0..size()-1, one bit each: what a filter lets pass. Rows that are inserted
// must be below the size, and two sets that are combined must have the same size.
class RowSet {
 public:
  // No rows of `size`.
  explicit RowSet(std::size_t size) : size_(size), words_((size + kBits - 1) / kBits) {}

  std::size_t size() const { return size_; }
  std::size_t count() const;
  // Rows beyond the size are not in it.
  bool contains(std::size_t row) const {
    return row < size_ && (words_[row / kBits] >> (row % kBits) & 1) != 0;
  }

  void insert(std::size_t row) { words_[row / kBits] |= std::uint64_t{1} << (row % kBits); }
  void intersect(const RowSet& other);
  void unite(const RowSet& other);
  void invert();

  // Calls visit(row) for each row, ascending.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t rest = words_[i]; rest != 0; rest &= rest - 1) {
        visit(i * kBits + static_cast<std::size_t>(__builtin_ctzll(rest)));
      }
    }
  }

 private:
  static constexpr std::size_t kBits = 64;

  std::size_t size_;
  std::vector<std::uint64_t> words_;  // bits beyond the size are 0
};

}  // namespace mayfly
