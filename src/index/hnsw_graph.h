// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::index {

// The links of an HNSW graph (Malkov and Yashunin 2018); it knows no vectors. Two things differ
// from the paper. Every link is mutual, so that whoever links to a row is known when it goes. And
// each row but one, the root, has a parent among its neighbours on layer 0: the parents are a tree
// of links that are never given up, so that every row can be reached, whatever was deleted.
//
// Rows are numbered 0..size()-1 without holes. What it holds is zeroed when freed.
class HnswGraph {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  // A row has at most 2 m neighbours on layer 0, m on each layer above; m <= 127.
  explicit HnswGraph(std::size_t m) : m_(m) {}

  std::size_t size() const { return size_; }
  std::size_t capacity(std::size_t layer) const { return layer == 0 ? 2 * m_ : m_; }
  std::size_t byte_count() const;
  // Of one row: the mean, as only some rows are on layers above 0.
  std::size_t row_bytes() const;

  // The highest layer that the row is on.
  std::size_t level(std::uint32_t row) const { return node(row).level; }
  std::span<const std::uint32_t> neighbours(std::uint32_t row, std::size_t layer) const;
  bool linked(std::uint32_t a, std::uint32_t b, std::size_t layer) const;
  bool full(std::uint32_t row, std::size_t layer) const {
    return neighbours(row, layer).size() == capacity(layer);
  }
  // kNone for the root.
  std::uint32_t parent(std::uint32_t row) const { return node(row).parent; }
  // Among the neighbours on layer 0.
  std::size_t child_count(std::uint32_t row) const;
  // One of the rows with the highest level but `without`; kNone when there is no other.
  std::uint32_t highest_row(std::uint32_t without) const;

  // A row without links on layers 0..level; its number is the last.
  void add(std::size_t level);
  // Different rows that are not linked, with room on both sides.
  void link(std::uint32_t a, std::uint32_t b, std::size_t layer);
  // They must be linked.
  void unlink(std::uint32_t a, std::uint32_t b, std::size_t layer);
  void set_parent(std::uint32_t row, std::uint32_t parent) { node(row).parent = parent; }
  // The last row moves to this number; the row must have neither links nor children.
  void remove(std::uint32_t row);
  void clear();

 private:
  static constexpr std::size_t kBlockRows = 512;
  struct Node {
    std::uint32_t parent = kNone;
    std::uint32_t upper = kNone;  // place in upper_ of a row with a level above 0
    std::uint8_t level = 0;
    std::uint8_t degree = 0;  // on layer 0
  };
  struct Block {
    SecureVector<std::uint32_t> links;  // [kBlockRows, 2 m]
    SecureVector<Node> nodes;           // [kBlockRows]
  };
  struct Upper {
    std::uint32_t row;
    SecureVector<std::uint32_t> cells;  // for layers 1..level: the degree, then m links
  };

  const Node& node(std::uint32_t row) const {
    return blocks_[row / kBlockRows].nodes[row % kBlockRows];
  }
  Node& node(std::uint32_t row) { return blocks_[row / kBlockRows].nodes[row % kBlockRows]; }
  std::uint32_t* links(std::uint32_t row, std::size_t layer);
  void set_degree(std::uint32_t row, std::size_t layer, std::size_t degree);
  void add_link(std::uint32_t from, std::uint32_t to, std::size_t layer);
  void drop_link(std::uint32_t from, std::uint32_t to, std::size_t layer);
  void drop_upper(std::uint32_t place);
  void renumber(std::uint32_t from, std::uint32_t to);

  std::size_t m_;
  std::size_t size_ = 0;
  std::vector<Block> blocks_;
  std::vector<Upper> upper_;
};

}  // namespace mayfly::index
