// SPDX-License-Identifier: Apache-2.0
#include "index/hnsw_beam.h"

#include <algorithm>

namespace mayfly::index {

void HnswBeam::widen(std::size_t width) {
  width_ = std::max(width, width_);
  rows_.reserve(width_ + 1);
  expanded_.reserve(width_ + 1);
}

void HnswBeam::offer(float score, std::uint32_t row) {
  if (rows_.size() == width_) {
    if (!(score > rows_.back().score)) return;
    rows_.pop_back();
    expanded_.pop_back();
  }
  std::size_t place = rows_.size();
  rows_.push_back({score, row});
  expanded_.push_back(0);
  for (; place > 0 && score > rows_[place - 1].score; --place) {
    rows_[place] = rows_[place - 1];
    expanded_[place] = expanded_[place - 1];
  }
  rows_[place] = {score, row};
  expanded_[place] = 0;
  cursor_ = std::min(cursor_, place);
}

std::uint32_t HnswBeam::next() {
  while (cursor_ < rows_.size() && expanded_[cursor_] != 0) ++cursor_;
  if (cursor_ == rows_.size()) return kNone;
  expanded_[cursor_] = 1;
  return rows_[cursor_++].row;
}

void HnswBeam::restart() {
  std::fill(expanded_.begin(), expanded_.end(), std::uint8_t{0});
  cursor_ = 0;
}

void VisitedRows::begin(std::size_t size) {
  if (marks_.size() < size) {
    // By blocks, where doubling would make it the largest waste of the index.
    constexpr std::size_t kStep = 1024;
    const std::size_t rows = (size + kStep - 1) / kStep * kStep;
    marks_.reserve(rows);
    marks_.resize(rows);
  }
  if (++epoch_ == 0) {
    std::fill(marks_.begin(), marks_.end(), std::uint16_t{0});
    epoch_ = 1;
  }
}

}  // namespace mayfly::index
