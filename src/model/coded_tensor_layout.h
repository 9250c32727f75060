// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/coded_tensor.h"
#include "model/rans.h"

namespace mayfly::model {

// How the bytes of a tensor are seen as a matrix, see coded_tensor.h.
struct ByteMatrix {
  std::size_t rows, columns;
};
ByteMatrix byte_matrix(DType dtype, std::span<const std::size_t> shape);

inline constexpr std::size_t kMaxCodedClasses = 16;
inline constexpr std::size_t kMaxCodedColumns = 1 << 16;
// So that a symbol's place in a stretch, and two bytes for each, fit 32 bits.
inline constexpr std::uint64_t kMaxCodedBytes = std::uint64_t{1} << 30;

inline constexpr char kCodedVersion = 1;

// Columns of each class, ascending. Every column is in one.
using ColumnClasses = std::vector<std::vector<std::size_t>>;

// Visits the symbols class by class, in runs: visit(class, row, columns of the class).
// A run holds the symbols of as many whole rows as fit kRunBytes, at least one.
inline constexpr std::size_t kRunBytes = 1 << 14;
inline std::size_t rows_per_run(std::size_t columns) {
  const std::size_t rows = kRunBytes / columns;
  // A multiple of the lanes, so that every run begins at lane 0.
  return rows < kRansLanes ? kRansLanes : rows / kRansLanes * kRansLanes;
}

}  // namespace mayfly::model
