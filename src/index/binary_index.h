// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"
#include "index/row_hit.h"
#include "index/vector_rows.h"

namespace mayfly::index {

// Approximate search over unit vectors in two stages: all rows are compared with the query by one
// bit per dimension, the sign; the rows in which the fewest bits differ are scored as FlatIndex
// does. Built as fast as a FlatIndex and searched several times as fast, at an eighth more memory.
// Rows, their numbers and the scores of what is found are those of a FlatIndex of the same
// precision; memory that is freed or given up by a row is zeroed.
class BinaryIndex {
 public:
  // Error as for FlatIndex.
  explicit BinaryIndex(std::size_t dim, Precision precision = Precision::kInt8);

  std::size_t dim() const { return rows_.dim(); }
  std::size_t size() const { return rows_.size(); }
  // Of what is allocated for rows, used or not.
  std::size_t byte_count() const;
  // Of one row, without what is allocated and not used.
  std::size_t row_bytes() const { return rows_.row_bytes() + words_ * sizeof(std::uint64_t); }

  // Vectors as for FlatIndex::append, with its errors, before anything is changed. Rows must exist.
  void append(std::span<const float> vector);
  void update(std::size_t row, std::span<const float> vector);
  // The last row moves to this number.
  void remove(std::size_t row);
  void clear();

  // The k best rows found, best first, equal scores in order of insertion; fewer only when there
  // are fewer. `shortlist` (at least k is taken) is how many rows are scored: more find more of the
  // nearest and take longer. The query as for append(); k >= 1.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k,
                             std::size_t shortlist) const;
  // With the shortlist that default_shortlist gives.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k) const;
  // How many rows a search scores unless told: 300 of 10,000 for k = 10.
  static std::size_t default_shortlist(std::size_t size, std::size_t k);

 private:
  static constexpr std::size_t kBlockRows = 512;

  std::uint64_t* bits_at(std::size_t row) {
    return blocks_[row / kBlockRows].data() + row % kBlockRows * words_;
  }
  void write_bits(std::size_t row, std::span<const float> vector);
  std::vector<std::uint16_t> distances(std::span<const float> query) const;

  VectorRows rows_;
  std::size_t words_;                                // per row, even
  std::vector<SecureVector<std::uint64_t>> blocks_;  // [kBlockRows, words_] each
};

}  // namespace mayfly::index
