// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"
#include "index/cell_centres.h"
#include "index/vector_index.h"
#include "index/vector_rows.h"

namespace mayfly::index {

struct IvfOptions {
  std::size_t cells = 0;   // 0: twice the square root of the number of rows
  std::size_t probes = 0;  // cells that a search looks at; 0: an eighth of them, at least 8
  std::uint64_t seed = 1;  // of the rows that centres begin with
  Precision precision = Precision::kInt8;
  Metric metric = Metric::kUnitCosine;
};

// Approximate search by an inverted file (IVF-Flat, Jégou, Douze and Schmid 2011): rows lie in
// cells around k-means centres, and a search scores the rows of the nearest cells only. Built
// faster than a graph, with 8 bytes more per row than a FlatIndex.
//
// Up to 1,000 rows there are no cells and search is exact. Then, and whenever the number of rows
// has doubled since, an append() first finds new centres: the whole costs about one product with
// each centre for each row. Between, a row goes to the nearest cell that there is.
class IvfIndex final : public VectorIndex {
 public:
  // Error as for FlatIndex.
  explicit IvfIndex(std::size_t dim, const IvfOptions& options = {});

  std::size_t dim() const override { return rows_.dim(); }
  std::size_t size() const override { return rows_.size(); }
  std::size_t cells() const { return lists_.size(); }
  std::size_t byte_count() const override;
  std::size_t row_bytes() const override { return rows_.row_bytes() + 2 * sizeof(std::uint32_t); }

  void append(std::span<const float> vector) override;
  void replace(std::size_t row, std::span<const float> vector) override;
  void remove(std::size_t row) override;
  void clear() override;

  std::vector<RowHit> search(std::span<const float> query, std::size_t k) const override;
  // Looks at more cells, as far as the filter is narrow.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k,
                             const RowSet& set) const override;
  // `probes` at least 1; more are looked at until there are k rows.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k, std::size_t probes) const;

 private:
  using Rows = SecureVector<std::uint32_t>;

  std::size_t default_probes() const;
  std::vector<RowHit> search_cells(std::span<const float> query, std::size_t k, std::size_t probes,
                                   const RowSet* set) const;
  void train();
  void enlist(std::uint32_t row, std::uint32_t cell);
  void strike_out(std::uint32_t row);

  IvfOptions options_;
  VectorRows rows_;
  CellCentres centres_;
  std::size_t trained_size_ = 0;
  std::vector<Rows> lists_;  // the rows of each cell
  Rows cells_, places_;      // [size] each row's cell and its place there
};

}  // namespace mayfly::index
