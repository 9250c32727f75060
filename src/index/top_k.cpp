// SPDX-License-Identifier: Apache-2.0
#include "index/top_k.h"

#include <algorithm>
#include <utility>

namespace mayfly::index {
namespace {

// As the heap's "less" it keeps the worst entry in front; as a sort order it puts the best first.
bool better(const TopK::Entry& a, const TopK::Entry& b) {
  return a.score > b.score || (a.score == b.score && a.sequence < b.sequence);
}

}  // namespace

TopK::TopK(std::size_t k) : k_(k) { heap_.reserve(k); }

void TopK::offer(const Entry& entry) {
  if (heap_.size() < k_) {
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), better);
  } else if (better(entry, heap_.front())) {
    std::pop_heap(heap_.begin(), heap_.end(), better);
    heap_.back() = entry;
    std::push_heap(heap_.begin(), heap_.end(), better);
  }
}

std::vector<TopK::Entry> TopK::take() {
  std::sort_heap(heap_.begin(), heap_.end(), better);
  return std::exchange(heap_, {});
}

}  // namespace mayfly::index
