// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mayfly::index {

// The k best of a stream, in O(k) memory. Higher scores are better; of equal scores the lower
// sequence number is, so the result does not depend on the order of the stream.
class TopK {
 public:
  struct Entry {
    float score;
    std::uint64_t sequence;  // unique in the stream
    std::size_t row;
  };

  // k >= 1.
  explicit TopK(std::size_t k);

  // Scores must not be NaN.
  void offer(const Entry& entry);
  bool full() const { return heap_.size() == k_; }
  // Of the kept entries; there must be one.
  float worst_score() const { return heap_.front().score; }
  // Best first; leaves nothing behind.
  std::vector<Entry> take();

 private:
  std::size_t k_;
  std::vector<Entry> heap_;  // the worst of the kept entries in front
};

}  // namespace mayfly::index
