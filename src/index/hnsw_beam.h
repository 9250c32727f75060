// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::index {

// A row and how near it is.
struct ScoredRow {
  float score;
  std::uint32_t row;
};

// The nearest rows that a search of a graph has seen, at most `width`, best first, and which of
// them it has still to expand. A row that falls out need not be expanded: whatever it would lead to
// first has better rows before it. A sorted array, because at the usual widths moving a few entries
// costs less than two heaps.
class HnswBeam {
 public:
  explicit HnswBeam(std::size_t width) { widen(width); }

  std::span<const ScoredRow> rows() const { return rows_; }
  // Never below what it has.
  void widen(std::size_t width);
  void offer(float score, std::uint32_t row);
  // The best row not yet expanded, now taken as expanded; kNone: there is none.
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::uint32_t next();
  // All rows are to be expanded again: on the layer below.
  void restart();

 private:
  std::size_t width_ = 0;
  std::size_t cursor_ = 0;  // every row before it is expanded
  std::vector<ScoredRow> rows_;
  std::vector<std::uint8_t> expanded_;  // beside rows_
};

// Which rows a search has met; forgetting them all takes no time.
class VisitedRows {
 public:
  static constexpr std::size_t kRowBytes = sizeof(std::uint16_t);
  std::size_t byte_count() const { return marks_.capacity() * kRowBytes; }
  // Forgets all and makes room for rows 0..size-1.
  void begin(std::size_t size);
  // False when it was there.
  bool insert(std::uint32_t row) {
    if (marks_[row] == epoch_) return false;
    marks_[row] = epoch_;
    return true;
  }

 private:
  std::uint16_t epoch_ = 0;
  SecureVector<std::uint16_t> marks_;
};

}  // namespace mayfly::index
