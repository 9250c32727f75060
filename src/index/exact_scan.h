// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/row_set.h"
#include "index/query_vector.h"
#include "index/row_hit.h"
#include "index/top_k.h"
#include "index/vector_rows.h"

namespace mayfly::index {

// Error(kInvalidArgument) for 0.
void require_positive_k(std::size_t k);

// The k best of all rows, best first, equal scores in order of insertion. Gives what scoring every
// row gives, bit for bit, in less time: rows whose bound says that they cannot be among the k best
// are not scored.
std::vector<RowHit> scan_all(const VectorRows& rows, const QueryVector& query, std::size_t k);

// The same of the rows with these numbers, and of the rows that are in the set.
std::vector<RowHit> scan_some(const VectorRows& rows, const QueryVector& query, std::size_t k,
                              std::span<const std::uint32_t> numbers);
std::vector<RowHit> scan_set(const VectorRows& rows, const QueryVector& query, std::size_t k,
                             const RowSet& set);

// The numbers below `size` that are in the set, ascending.
std::vector<std::uint32_t> rows_in(std::size_t size, const RowSet& set);

// `format`: that of the rows whose rank scores they are.
std::vector<RowHit> hits_of(TopK& best, const RowFormat* format = nullptr);

}  // namespace mayfly::index
