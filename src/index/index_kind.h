// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "index/row_format.h"
#include "index/vector_index.h"

namespace mayfly::index {

enum class IndexKind { kFlat, kBinary, kTwoStage, kPq, kIvf, kHnsw };

// Each kind with its name: "flat", "binary", "two-stage", "pq", "ivf", "hnsw".
struct IndexKindInfo {
  IndexKind kind;
  std::string_view name;
};
std::span<const IndexKindInfo> all_index_kinds();
// Error(kInvalidArgument) for a name that none has.
IndexKind index_kind(std::string_view name);
std::string_view name_of(IndexKind kind);

// An index of that kind with the options that a caller gets unless told. Errors are those of its
// constructor.
std::unique_ptr<VectorIndex> make_index(IndexKind kind, std::size_t dim,
                                        Precision precision = Precision::kInt8,
                                        Metric metric = Metric::kUnitCosine);

}  // namespace mayfly::index
