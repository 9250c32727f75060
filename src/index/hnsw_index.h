// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/row_set.h"
#include "index/hnsw_beam.h"
#include "index/hnsw_graph.h"
#include "index/query_vector.h"
#include "index/row_hit.h"
#include "index/top_k.h"
#include "index/vector_rows.h"

namespace mayfly::index {

struct HnswOptions {
  std::size_t m = 16;                 // links per row and layer, twice as many on layer 0; 2..63
  std::size_t ef_construction = 100;  // how far an insertion looks; at least 1
  std::uint64_t seed = 1;             // of the levels
  Precision precision = Precision::kInt8;
};

// Approximate search over unit vectors by a hierarchical navigable small-world graph (HNSW, Malkov
// and Yashunin 2018): a search looks at hundreds of rows instead of all. Rows, their numbers and
// the scores of what is found are those of a FlatIndex of the same precision. The same calls with
// the same seed give the same graph and results on every machine. Rows are inserted one by one; a
// deleted one is gone at once, from the graph too, and memory that is freed or given up by a row is
// zeroed.
//
// One search at a time: it marks the rows that it has met.
class HnswIndex {
 public:
  // Error(kInvalidArgument) for a dim that FlatIndex refuses too or options out of their ranges.
  explicit HnswIndex(std::size_t dim, const HnswOptions& options = {});

  std::size_t dim() const { return rows_.dim(); }
  std::size_t size() const { return rows_.size(); }
  // All that is allocated: vectors, links, marks.
  std::size_t byte_count() const;
  // Of one row, without what is allocated and not used; of links above layer 0 the mean.
  std::size_t row_bytes() const {
    return rows_.row_bytes() + graph_.row_bytes() + VisitedRows::kRowBytes;
  }
  const HnswGraph& graph() const { return graph_; }

  // Vectors as for FlatIndex::append, with its errors, before anything is changed. Rows must exist.
  void append(std::span<const float> vector);
  void update(std::size_t row, std::span<const float> vector);
  // The last row moves to this number.
  void remove(std::size_t row);
  void clear();

  // The k best rows found, best first, equal scores in order of insertion; fewer only when there
  // are fewer. `ef` (at least k is taken) is how many rows the search keeps in view: more find more
  // of the nearest and take longer. The query as for append(); k >= 1.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k, std::size_t ef) const;
  // The same of the rows that are in the set; min(k, rows in the set) hits. Exact where the set is
  // so small that looking at all of it costs no more.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k, std::size_t ef,
                             const RowSet& set) const;

 private:
  using Rows = std::vector<std::uint32_t>;

  // hnsw_search.cpp
  HnswBeam enter(const QueryVector& query, std::size_t layer) const;
  void expand(const QueryVector& query, std::size_t layer, HnswBeam& beam) const;
  HnswBeam nearest(const QueryVector& query, std::size_t ef) const;
  TopK::Entry exact(const QueryVector& query, std::uint32_t row) const;

  // hnsw_build.cpp
  std::size_t draw_level();
  std::vector<ScoredRow> scored(std::uint32_t base, const Rows& rows) const;
  Rows select(std::vector<ScoredRow> candidates, std::size_t limit, Rows chosen = {}) const;
  static void fill_up(Rows& chosen, const HnswBeam& beam, std::size_t limit);
  void attach(std::uint32_t row);
  void connect(std::uint32_t row, const Rows& chosen, std::size_t layer);
  void shrink(std::uint32_t row, std::uint32_t added, std::size_t layer);

  // hnsw_repair.cpp
  bool in_tree(std::uint32_t a, std::uint32_t b) const;
  void adopt(std::uint32_t row, const Rows& preferred);
  void make_room(std::uint32_t row);
  void detach(std::uint32_t row);
  void reconnect(const Rows& former, std::size_t layer);
  void adopt_orphans(std::uint32_t parent, const Rows& orphans);

  HnswOptions options_;
  VectorRows rows_;
  HnswGraph graph_;
  std::uint32_t entry_ = HnswGraph::kNone;  // a row on the highest layer
  std::uint64_t random_;
  mutable VisitedRows visited_;
};

}  // namespace mayfly::index
