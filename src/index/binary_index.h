// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"
#include "index/row_hit.h"
#include "index/sign_planes.h"
#include "index/sign_rotation.h"
#include "index/vector_index.h"
#include "index/vector_rows.h"

namespace mayfly::index {

// Approximate search by the cosine in two stages: all rows are compared with the query by one
// bit per dimension, the sign after a rotation; the rows in which the fewest bits differ are scored
// as FlatIndex does. Built as fast as a FlatIndex and searched several times as fast, at an eighth
// more memory.
class BinaryIndex final : public VectorIndex {
 public:
  // Error as for FlatIndex, and kInvalidArgument for kDot and kEuclidean: signs tell directions
  // only.
  explicit BinaryIndex(std::size_t dim, Precision precision = Precision::kInt8,
                       Metric metric = Metric::kUnitCosine);

  std::size_t dim() const override { return rows_.dim(); }
  std::size_t size() const override { return rows_.size(); }
  std::size_t byte_count() const override { return rows_.byte_count() + signs_.byte_count(); }
  std::size_t row_bytes() const override { return rows_.row_bytes() + signs_.row_bytes(); }

  void append(std::span<const float> vector) override;
  void replace(std::size_t row, std::span<const float> vector) override;
  void remove(std::size_t row) override;
  void clear() override;

  // With the shortlist that default_shortlist gives.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k) const override;
  std::vector<RowHit> search(std::span<const float> query, std::size_t k,
                             const RowSet& set) const override;
  // `shortlist` (at least k is taken) is how many rows are scored: more find more of the nearest
  // and take longer.
  std::vector<RowHit> search(std::span<const float> query, std::size_t k,
                             std::size_t shortlist) const;
  // How many rows a search scores unless told: 300 of 10,000 for k = 10.
  static std::size_t default_shortlist(std::size_t size, std::size_t k);

 private:
  SecureVector<std::uint64_t> signs_of(std::span<const float> vector) const;

  VectorRows rows_;
  SignRotation rotation_;
  SignPlanes signs_;
};

}  // namespace mayfly::index
