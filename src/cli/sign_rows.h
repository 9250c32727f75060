// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"
#include "index/row_hit.h"
#include "index/sign_rotation.h"

namespace mayfly::cli {

// Vectors as the signs of their values after a rotation, a bit each, as a binary index's shortlist
// has them: what is left of relevance without any finer number. Rows are numbered 0..size()-1 in
// order of insertion.
class SignRows {
 public:
  // dim 1..4096.
  explicit SignRows(std::size_t dim);

  std::size_t size() const { return size_; }
  std::size_t row_bytes() const { return words() * sizeof(std::uint64_t); }

  // dim values.
  void append(std::span<const float> vector);
  // The k rows whose signs differ least from the query's, best first, equal ones in order of
  // insertion. The score is the share of equal signs less that of different ones, -1..1. k >= 1.
  std::vector<index::RowHit> search(std::span<const float> query, std::size_t k) const;

 private:
  std::size_t words() const { return rotation_.width() / 64; }

  index::SignRotation rotation_;
  std::size_t size_ = 0;
  SecureVector<std::uint64_t> bits_;  // [size, words]
};

}  // namespace mayfly::cli
