// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"
#include "index/product_codebook.h"
#include "index/vector_index.h"
#include "index/vector_rows.h"

namespace mayfly::index {

struct PqOptions {
  std::size_t parts = 0;      // bytes of a code; 0: one for 8 dimensions
  std::size_t shortlist = 0;  // rows that a search rescores; 0: as default_shortlist() says
  bool rescore = true;        // keep int8 rows too
  std::uint64_t seed = 1;     // of the rows that the codebook is made from
  Precision precision = Precision::kInt8;
  Metric metric = Metric::kUnitCosine;
};

// Approximate search by product quantization: all rows are compared with the query by their codes,
// a sum of table entries (asymmetric distance computation, Jégou, Douze and Schmid 2011), and the
// best of them scored as a FlatIndex does.
//
// Without `rescore` only codes are left of the rows as soon as there is a codebook: 56 bytes a row
// instead of 400 for 384 dimensions. Scores are then those of the codes, mixing up what is almost
// equally near, and what a row had beyond its code is gone for good.
//
// Up to 1,000 rows there is no codebook and search is exact. Then, and with `rescore` again at
// 4,000 and 16,000 rows, an append() first makes one.
class PqIndex final : public VectorIndex {
 public:
  // Error as for FlatIndex, and kInvalidArgument for more parts than dimensions.
  explicit PqIndex(std::size_t dim, const PqOptions& options = {});

  std::size_t dim() const override { return rows_.dim(); }
  std::size_t size() const override { return codes_only() ? sequences_.size() : rows_.size(); }
  std::size_t byte_count() const override;
  std::size_t row_bytes() const override;

  void append(std::span<const float> vector) override;
  void replace(std::size_t row, std::span<const float> vector) override;
  void remove(std::size_t row) override;
  void clear() override;

  std::vector<RowHit> search(std::span<const float> query, std::size_t k) const override;
  std::vector<RowHit> search(std::span<const float> query, std::size_t k,
                             const RowSet& set) const override;
  // How many rows a search rescores unless told: 200 of 10,000 for k = 10.
  static std::size_t default_shortlist(std::size_t size, std::size_t k);

 private:
  bool codes_only() const { return !options_.rescore && codebook_.fitted(); }
  bool euclidean() const { return options_.metric == Metric::kEuclidean; }
  void train();
  std::uint8_t* codes_at(std::size_t row) { return codes_.data() + row * codebook_.parts(); }
  // The rank scores of these rows, of all where there is no list, as their codes tell.
  std::vector<float> code_scores(std::span<const float> query,
                                 const std::vector<std::uint32_t>* numbers) const;
  std::vector<RowHit> code_hits(std::span<const float> query, std::size_t k,
                                const std::vector<std::uint32_t>* numbers) const;

  PqOptions options_;
  VectorRows rows_;  // empty where there are only codes
  ProductCodebook codebook_;
  std::size_t next_training_;
  SecureVector<std::uint8_t> codes_;       // [size, parts]
  SecureVector<std::uint64_t> sequences_;  // [size] where there are only codes
  std::uint64_t next_sequence_ = 0;
};

}  // namespace mayfly::index
