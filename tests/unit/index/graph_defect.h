// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "index/hnsw_graph.h"

namespace mayfly::testing {

inline std::string link_defect(const index::HnswGraph& graph, std::uint32_t row,
                               std::size_t layer) {
  const auto neighbours = graph.neighbours(row, layer);
  const std::string where = "row " + std::to_string(row) + ", layer " + std::to_string(layer);
  if (neighbours.size() > graph.capacity(layer)) return where + " has too many neighbours";
  std::vector<std::uint32_t> sorted(neighbours.begin(), neighbours.end());
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return where + " has a neighbour twice";
  }
  for (const std::uint32_t neighbour : neighbours) {
    if (neighbour >= graph.size()) return where + " has a neighbour that does not exist";
    if (neighbour == row) return where + " has itself as neighbour";
    if (graph.level(neighbour) < layer) return where + " has a neighbour that is not on it";
    if (!graph.linked(neighbour, row, layer)) return where + " has a link that is not mutual";
  }
  return {};
}

// What is wrong with the graph; empty: every invariant of HnswGraph holds.
inline std::string graph_defect(const index::HnswGraph& graph) {
  std::vector<std::uint32_t> reached;
  for (std::uint32_t row = 0; row < graph.size(); ++row) {
    for (std::size_t layer = 0; layer <= graph.level(row); ++layer) {
      const std::string defect = link_defect(graph, row, layer);
      if (!defect.empty()) return defect;
    }
    const std::uint32_t parent = graph.parent(row);
    if (parent == index::HnswGraph::kNone) {
      reached.push_back(row);
    } else if (!graph.linked(row, parent, 0)) {
      return "row " + std::to_string(row) + " is not linked with its parent";
    }
  }
  if (reached.size() != (graph.size() == 0 ? 0U : 1U)) {
    return "there are " + std::to_string(reached.size()) + " roots";
  }
  // Each row has one parent, so none is reached twice.
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const std::uint32_t neighbour : graph.neighbours(reached[i], 0)) {
      if (graph.parent(neighbour) == reached[i]) reached.push_back(neighbour);
    }
  }
  if (reached.size() != graph.size()) {
    return std::to_string(reached.size()) + " of " + std::to_string(graph.size()) +
           " rows can be reached";
  }
  return {};
}

}  // namespace mayfly::testing
