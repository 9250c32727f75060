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
#include "index/vector_index.h"
#include "index/vector_rows.h"

namespace mayfly::index {

struct HnswOptions {
  std::size_t m = 16;                 // links per row and layer, twice as many on layer 0; 2..63
  std::size_t ef_construction = 100;  // how far an insertion looks; at least 1
  std::uint64_t seed = 1;             // of the levels
  Precision precision = Precision::kInt8;
  Metric metric = Metric::kUnitCosine;
  std::size_t ef_search = 100;  // rows that a search keeps in view unless told
};

// Approximate search by a hierarchical navigable small-world graph (HNSW, Malkov
// and Yashunin 2018): a search looks at hundreds of rows instead of all. The same calls with the
// same seed give the same graph and results on every machine. Rows are inserted one by one; a
// deleted one is gone at once, from the graph too.
//
// Links and the walk go by products of 7 bits. With kDot (no distance: Morozov and Babenko 2018)
// and vectors of very different lengths, and with kEuclidean where vectors lie closer together than
// a hundredth of their lengths (subtract their mean), more have to be kept in view for the same
// recall.
//
// One search at a time: it marks the rows that it has met.
class HnswIndex final : public VectorIndex {
 public:
  // Error(kInvalidArgument) for a dim that FlatIndex refuses too or options out of their ranges.
  explicit HnswIndex(std::size_t dim, const HnswOptions& options = {});

  std::size_t dim() const override { return rows_.dim(); }
  std::size_t size() const override { return rows_.size(); }
  // Vectors, links, marks.
  std::size_t byte_count() const override;
  std::size_t row_bytes() const override {
    return rows_.row_bytes() + graph_.row_bytes() + VisitedRows::kRowBytes;
  }
  const HnswGraph& graph() const { return graph_; }

  void append(std::span<const float> vector) override;
  void replace(std::size_t row, std::span<const float> vector) override;
  void remove(std::size_t row) override;
  void clear() override;

  std::vector<RowHit> search(std::span<const float> query, std::size_t k) const override {
    return search(query, k, options_.ef_search);
  }
  std::vector<RowHit> search(std::span<const float> query, std::size_t k,
                             const RowSet& set) const override {
    return search(query, k, options_.ef_search, set);
  }
  // `ef` (at least k is taken) is how many rows the search keeps in view: more find more of the
  // nearest and take longer.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k, std::size_t ef) const;
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
