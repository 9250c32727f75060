// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "index/principal_axes.h"
#include "index/vector_index.h"
#include "index/vector_rows.h"

namespace mayfly::index {

struct TwoStageOptions {
  std::size_t leading = 64;  // dimensions of the first stage, at most all
  // The first dimensions as they are, for models that were trained for it (Matryoshka); or
  // products with the collection's own principal axes, for all others.
  enum class Leading { kFirst, kPrincipalAxes } by = Leading::kPrincipalAxes;
  std::size_t shortlist = 0;  // rows that a search rescores; 0: as default_shortlist() says
  std::uint64_t seed = 1;     // of the rows that axes are fitted on
  Precision precision = Precision::kInt8;
  Metric metric = Metric::kUnitCosine;
};

// Approximate search in two stages: all rows are compared with the query by a few leading
// dimensions, and the best of them scored as a FlatIndex does.
//
// With principal axes search is exact up to 1,000 rows; then, and again at 4,000 and 16,000 rows,
// an append() first fits the axes to the collection.
class TwoStageIndex final : public VectorIndex {
 public:
  // Error as for FlatIndex, and kInvalidArgument for `leading` of 0 or above dim.
  explicit TwoStageIndex(std::size_t dim, const TwoStageOptions& options = {});

  std::size_t dim() const override { return rows_.dim(); }
  std::size_t size() const override { return rows_.size(); }
  std::size_t byte_count() const override;
  std::size_t row_bytes() const override { return rows_.row_bytes() + leads_.row_bytes(); }

  void append(std::span<const float> vector) override;
  void replace(std::size_t row, std::span<const float> vector) override;
  void remove(std::size_t row) override;
  void clear() override;

  std::vector<RowHit> search(std::span<const float> query, std::size_t k) const override;
  std::vector<RowHit> search(std::span<const float> query, std::size_t k,
                             const RowSet& set) const override;
  // How many rows a search rescores unless told: 300 of 10,000 for k = 10.
  static std::size_t default_shortlist(std::size_t size, std::size_t k);

 private:
  bool with_axes() const { return options_.by == TwoStageOptions::Leading::kPrincipalAxes; }
  bool has_leads() const { return !with_axes() || axes_.fitted(); }
  SecureVector<float> lead_of(const PrincipalAxes& axes, std::span<const float> vector) const;
  std::size_t shortlist(std::size_t k) const;
  void train();

  TwoStageOptions options_;
  VectorRows rows_;
  VectorRows leads_;  // [size, leading]; empty where search is still exact
  PrincipalAxes axes_;
  std::size_t next_training_;
};

}  // namespace mayfly::index
