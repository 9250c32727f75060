// SPDX-License-Identifier: Apache-2.0
#include "base/row_set.h"

namespace mayfly {

std::size_t RowSet::count() const {
  std::size_t count = 0;
  for (const std::uint64_t word : words_) {
    count += static_cast<std::size_t>(__builtin_popcountll(word));
  }
  return count;
}

void RowSet::intersect(const RowSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
}

void RowSet::unite(const RowSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}

void RowSet::invert() {
  for (std::uint64_t& word : words_) word = ~word;
  if (const std::size_t used = size_ % kBits; used != 0) {
    words_.back() &= (std::uint64_t{1} << used) - 1;
  }
}

}  // namespace mayfly
