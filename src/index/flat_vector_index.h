// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "index/flat_index.h"
#include "index/vector_index.h"

namespace mayfly::index {

// A FlatIndex behind the interface of all indexes.
class FlatVectorIndex final : public VectorIndex {
 public:
  explicit FlatVectorIndex(std::size_t dim, Precision precision = Precision::kInt8,
                           Metric metric = Metric::kUnitCosine)
      : flat_(dim, precision, metric) {}

  std::size_t dim() const override { return flat_.dim(); }
  std::size_t size() const override { return flat_.size(); }
  std::size_t byte_count() const override { return flat_.byte_count(); }
  std::size_t row_bytes() const override { return flat_.row_bytes(); }

  void append(std::span<const float> vector) override { flat_.append(vector); }
  void replace(std::size_t row, std::span<const float> vector) override {
    flat_.replace(row, vector);
  }
  void remove(std::size_t row) override { flat_.remove(row); }
  void clear() override { flat_.clear(); }

  std::vector<RowHit> search(std::span<const float> query, std::size_t k) const override {
    return flat_.search(query, k);
  }
  std::vector<RowHit> search(std::span<const float> query, std::size_t k,
                             const RowSet& set) const override {
    return flat_.search(query, k, set);
  }

 private:
  FlatIndex flat_;
};

}  // namespace mayfly::index
