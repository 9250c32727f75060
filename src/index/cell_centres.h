// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "index/query_vector.h"
#include "index/vector_rows.h"

namespace mayfly::index {

// Centres of cells by k-means (Lloyd 1982), with the kernels of search. Cells are of directions
// (spherical k-means, Dhillon and Modha 2001), for kEuclidean of places.
class CellCentres {
 public:
  // For rows of this dim and format. No centres yet.
  explicit CellCentres(const VectorRows& rows);

  std::size_t size() const { return centres_.size(); }
  std::size_t byte_count() const { return centres_.byte_count(); }

  // 1 <= cells <= rows.size(). Begins with rows drawn at random and looks at 40 rows for each
  // cell, five times; the same seed gives the same centres on every machine.
  void fit(const VectorRows& rows, std::size_t cells, std::uint64_t seed);
  void clear() { centres_.clear(); }

  // Of a row of the collection; there must be a centre.
  std::uint32_t nearest(const VectorRows::Row& row) const;
  // [size()], higher is nearer. The query as for the rows.
  std::vector<float> scores(std::span<const float> query) const;

 private:
  std::vector<float> scores(const QueryVector& query) const;
  void move(const VectorRows& rows, std::span<const std::uint32_t> sample,
            std::span<const std::uint32_t> cells);
  void place(std::size_t cell, std::span<float> mean);

  VectorRows centres_;
};

}  // namespace mayfly::index
