// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>

#include "index/index_kind.h"

namespace mayfly::index {

// What an index is wanted for. Vectors live for one visit, so building counts as much as searching.
struct Workload {
  std::size_t rows = 0;
  std::size_t dim = 0;
  std::size_t queries = 0;  // expected during the visit
  Metric metric = Metric::kUnitCosine;
};

// The time that a kind takes, in nanoseconds for each dimension, one thread, in Chromium. It is a
// sum of terms with the number of rows n; constants and how they were measured:
// docs/decisions/index-choice.md.
struct IndexCost {
  IndexKind kind;
  double build_row, build_row_log;  // times n, n log2(n)
  double search_row, search_log;    // times n, log2(n)
};
// The kinds that are chosen from. The others take more time for what they find than one of these,
// or find less; the record has their figures.
std::span<const IndexCost> index_costs();

// Of building and of all queries, in milliseconds.
double expected_ms(const IndexCost& cost, const Workload& workload);

// The kind that is expected to take the least time in all; one that is exact where that costs no
// more than 50 ms. A user who knows better makes another.
IndexKind choose_index(const Workload& workload);

}  // namespace mayfly::index
