// SPDX-License-Identifier: Apache-2.0
#include "index/hnsw_graph.h"

#include <algorithm>

namespace mayfly::index {

std::size_t HnswGraph::byte_count() const {
  std::size_t bytes = blocks_.size() * kBlockRows * (2 * m_ * sizeof(std::uint32_t) + sizeof(Node));
  bytes += upper_.capacity() * sizeof(Upper);
  for (const Upper& upper : upper_) bytes += upper.cells.capacity() * sizeof(std::uint32_t);
  return bytes;
}

std::size_t HnswGraph::row_bytes() const {
  std::size_t above = 0;
  for (const Upper& upper : upper_) {
    above += sizeof(Upper) + upper.cells.size() * sizeof(std::uint32_t);
  }
  const std::size_t base = 2 * m_ * sizeof(std::uint32_t) + sizeof(Node);
  return base + (size_ > 0 ? above / size_ : 0);
}

std::span<const std::uint32_t> HnswGraph::neighbours(std::uint32_t row, std::size_t layer) const {
  const Node& at = node(row);
  if (layer == 0) {
    const std::uint32_t* first =
        blocks_[row / kBlockRows].links.data() + row % kBlockRows * (2 * m_);
    return {first, at.degree};
  }
  const std::uint32_t* cells = upper_[at.upper].cells.data() + (layer - 1) * (m_ + 1);
  return {cells + 1, cells[0]};
}

bool HnswGraph::linked(std::uint32_t a, std::uint32_t b, std::size_t layer) const {
  const auto list = neighbours(a, layer);
  return std::find(list.begin(), list.end(), b) != list.end();
}

std::size_t HnswGraph::child_count(std::uint32_t row) const {
  const auto list = neighbours(row, 0);
  return static_cast<std::size_t>(std::count_if(
      list.begin(), list.end(), [&](std::uint32_t neighbour) { return parent(neighbour) == row; }));
}

std::uint32_t HnswGraph::highest_row(std::uint32_t without) const {
  std::uint32_t best = kNone;
  for (const Upper& upper : upper_) {
    if (upper.row == without) continue;
    if (best == kNone || level(upper.row) > level(best)) best = upper.row;
  }
  if (best != kNone) return best;
  for (std::uint32_t row = 0; row < size_; ++row) {
    if (row != without) return row;
  }
  return kNone;
}

std::uint32_t* HnswGraph::links(std::uint32_t row, std::size_t layer) {
  return const_cast<std::uint32_t*>(neighbours(row, layer).data());
}

void HnswGraph::set_degree(std::uint32_t row, std::size_t layer, std::size_t degree) {
  if (layer == 0) {
    node(row).degree = static_cast<std::uint8_t>(degree);
  } else {
    links(row, layer)[-1] = static_cast<std::uint32_t>(degree);
  }
}

void HnswGraph::add(std::size_t level) {
  if (size_ == blocks_.size() * kBlockRows) {
    Block block;
    block.links.resize(kBlockRows * 2 * m_);
    block.nodes.resize(kBlockRows);
    blocks_.push_back(std::move(block));
  }
  const auto row = static_cast<std::uint32_t>(size_);
  Node added;
  if (level > 0) {
    // The allocation that may fail comes before anything is changed.
    upper_.push_back({row, SecureVector<std::uint32_t>(level * (m_ + 1))});
    added.upper = static_cast<std::uint32_t>(upper_.size() - 1);
    added.level = static_cast<std::uint8_t>(level);
  }
  ++size_;
  node(row) = added;
}

void HnswGraph::add_link(std::uint32_t from, std::uint32_t to, std::size_t layer) {
  const std::size_t degree = neighbours(from, layer).size();
  links(from, layer)[degree] = to;
  set_degree(from, layer, degree + 1);
}

void HnswGraph::drop_link(std::uint32_t from, std::uint32_t to, std::size_t layer) {
  const std::size_t last = neighbours(from, layer).size() - 1;
  std::uint32_t* list = links(from, layer);
  *std::find(list, list + last, to) = list[last];
  list[last] = 0;
  set_degree(from, layer, last);
}

void HnswGraph::link(std::uint32_t a, std::uint32_t b, std::size_t layer) {
  add_link(a, b, layer);
  add_link(b, a, layer);
}

void HnswGraph::unlink(std::uint32_t a, std::uint32_t b, std::size_t layer) {
  drop_link(a, b, layer);
  drop_link(b, a, layer);
}

void HnswGraph::drop_upper(std::uint32_t place) {
  if (place != upper_.size() - 1) {
    upper_[place] = std::move(upper_.back());
    node(upper_[place].row).upper = place;
  }
  upper_.pop_back();
}

// Whoever names the row names it by its new number; links being mutual, its neighbours are all.
void HnswGraph::renumber(std::uint32_t from, std::uint32_t to) {
  for (std::size_t layer = 0; layer <= level(from); ++layer) {
    for (const std::uint32_t neighbour : neighbours(from, layer)) {
      std::uint32_t* list = links(neighbour, layer);
      *std::find(list, list + neighbours(neighbour, layer).size(), from) = to;
      if (parent(neighbour) == from) set_parent(neighbour, to);
    }
  }
  std::copy_n(links(from, 0), 2 * m_, links(to, 0));
  node(to) = node(from);
  if (node(to).upper != kNone) upper_[node(to).upper].row = to;
}

void HnswGraph::remove(std::uint32_t row) {
  if (node(row).upper != kNone) drop_upper(node(row).upper);
  const auto last = static_cast<std::uint32_t>(size_ - 1);
  if (row != last) renumber(last, row);
  zero_memory(links(last, 0), 2 * m_ * sizeof(std::uint32_t));
  node(last) = Node{};
  --size_;
  // One empty block stays, so that adding and removing at its edge does not allocate each time.
  const std::size_t blocks_in_use = (size_ + kBlockRows - 1) / kBlockRows;
  if (blocks_.size() > blocks_in_use + 1) blocks_.resize(blocks_in_use + 1);
}

void HnswGraph::clear() {
  blocks_.clear();
  std::vector<Upper>().swap(upper_);  // its capacity goes too
  size_ = 0;
}

}  // namespace mayfly::index
