// SPDX-License-Identifier: Apache-2.0
// How the graph stays whole: the tree that reaches every row, and what a deleted row leaves behind.
#include <algorithm>

#include "index/hnsw_index.h"

namespace mayfly::index {

// Whether the link between two neighbours belongs to the tree, and so must stay.
bool HnswIndex::in_tree(std::uint32_t a, std::uint32_t b) const {
  return graph_.parent(a) == b || graph_.parent(b) == a;
}

// Of a row that is full on layer 0: the farthest neighbour that is not of the tree goes. There is
// one, because adopt() gives no row more than m children.
void HnswIndex::make_room(std::uint32_t row) {
  const auto neighbours = graph_.neighbours(row, 0);
  const auto nearest_first = scored(row, {neighbours.begin(), neighbours.end()});
  for (std::size_t i = nearest_first.size(); i-- > 0;) {
    if (in_tree(row, nearest_first[i].row)) continue;
    graph_.unlink(row, nearest_first[i].row, 0);
    return;
  }
}

// Gives the row a parent: the first of the preferred ones that has room for a child or, where none
// has, a descendant of the first, down to where there is room, as there is at each leaf. None of
// them may be the row or below it.
void HnswIndex::adopt(std::uint32_t row, const Rows& preferred) {
  const std::size_t most_children = options_.m;
  std::uint32_t parent = HnswGraph::kNone;
  for (const std::uint32_t candidate : preferred) {
    if (graph_.child_count(candidate) >= most_children) continue;
    parent = candidate;
    break;
  }
  if (parent == HnswGraph::kNone) {
    parent = preferred.front();
    while (graph_.child_count(parent) >= most_children) {
      for (const std::uint32_t neighbour : graph_.neighbours(parent, 0)) {
        if (graph_.parent(neighbour) != parent) continue;
        parent = neighbour;
        break;
      }
    }
  }
  if (!graph_.linked(row, parent, 0)) {
    if (graph_.full(row, 0)) make_room(row);
    if (graph_.full(parent, 0)) make_room(parent);
    graph_.link(row, parent, 0);
  }
  graph_.set_parent(row, parent);
}

// Rows that have lost the same neighbour look for a replacement among each other, where both sides
// have room.
void HnswIndex::reconnect(const Rows& former, std::size_t layer) {
  for (const std::uint32_t row : former) {
    const auto neighbours = graph_.neighbours(row, layer);
    Rows candidates(neighbours.begin(), neighbours.end());
    for (const std::uint32_t other : former) {
      if (other != row && !graph_.linked(row, other, layer)) candidates.push_back(other);
    }
    for (const std::uint32_t other : select(scored(row, candidates), graph_.capacity(layer))) {
      if (graph_.full(row, layer)) break;
      if (graph_.full(other, layer) || graph_.linked(row, other, layer)) continue;
      graph_.link(row, other, layer);
    }
  }
}

// The children of a row that goes each find a parent outside their own subtrees: their
// grandparent or one of them that has found one. Without grandparent the first is the new root.
void HnswIndex::adopt_orphans(std::uint32_t parent, const Rows& orphans) {
  Rows safe;
  if (parent != HnswGraph::kNone) safe.push_back(parent);
  for (const std::uint32_t orphan : orphans) {
    if (safe.empty()) {
      graph_.set_parent(orphan, HnswGraph::kNone);
    } else {
      Rows nearest_first;
      for (const ScoredRow& found : scored(orphan, safe)) nearest_first.push_back(found.row);
      adopt(orphan, nearest_first);
    }
    safe.push_back(orphan);
  }
}

// Takes the row out of the graph; it keeps its number and level.
void HnswIndex::detach(std::uint32_t row) {
  const std::uint32_t parent = graph_.parent(row);
  Rows orphans;
  for (const std::uint32_t neighbour : graph_.neighbours(row, 0)) {
    if (graph_.parent(neighbour) == row) orphans.push_back(neighbour);
  }
  for (std::size_t layer = 0; layer <= graph_.level(row); ++layer) {
    const auto neighbours = graph_.neighbours(row, layer);
    const Rows former(neighbours.begin(), neighbours.end());
    for (const std::uint32_t neighbour : former) graph_.unlink(row, neighbour, layer);
    if (layer == 0) adopt_orphans(parent, orphans);
    reconnect(former, layer);
  }
  graph_.set_parent(row, HnswGraph::kNone);
  if (entry_ == row) entry_ = graph_.highest_row(row);
}

}  // namespace mayfly::index
