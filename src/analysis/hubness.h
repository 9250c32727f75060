// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "index/row_hit.h"
#include "index/vector_index.h"

namespace mayfly::analysis {

// Hubness: in many dimensions some vectors are among the nearest of very many others, and turn up
// in results where they do not belong (Radovanović, Nanopoulos and Ivanović 2010).
struct HubnessReport {
  std::size_t k;
  // [rows] of how many other rows each is among the k nearest: the k-occurrences, mean k.
  std::vector<std::uint32_t> occurrences;
  // Third standardized moment of these: about 0 without hubs, above 1 with marked ones; 0 where all
  // rows occur equally often.
  double skewness;
  std::uint32_t largest;  // of the greatest hub
  double antihub_share;   // of rows that occur nowhere: no neighbourhood leads to them
};

// Of the rows of an index, which were made from `vectors` [rows, dim], in their order. 1 <= k <
// rows, else Error(kInvalidArgument); Error(kDimensionMismatch) where they are not that many. Asks
// the index once for each row.
HubnessReport hubness(const index::VectorIndex& index, std::span<const float> vectors,
                      std::size_t k);

// Cross-domain similarity local scaling (Conneau et al. 2018) against it: a row's score is
//   2 cos(q, v) - r(q) - r(v),
// r the mean cosine with the k nearest rows, so that what is near to everything has to be nearer
// still. (Theirs takes r(v) over queries; within one collection other rows stand for them.)
class CslsSearch {
 public:
  // Index, vectors and k as for hubness(); the index, by a cosine, must outlive it.
  CslsSearch(const index::VectorIndex& index, std::span<const float> vectors, std::size_t k = 10);

  // The `count` best rows by that score out of the `shortlist` nearest, best first; scores are
  // -4..4. Both at least 1.
  std::vector<index::RowHit> search(std::span<const float> query, std::size_t count,
                                    std::size_t shortlist) const;

 private:
  const index::VectorIndex& index_;
  std::size_t k_;
  std::vector<float> row_means_;  // r(v)
};

}  // namespace mayfly::analysis
