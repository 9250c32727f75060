// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::index {

// matrix = vectors^T diag(values) vectors: the rows of `vectors` are orthonormal.
struct SymmetricEigen {
  std::vector<double> values;    // [n], in no order
  SecureVector<double> vectors;  // [n, n]
};

// Of a symmetric matrix [n, n] of finite values, n >= 1, by cyclic Jacobi rotations (Golub and Van
// Loan, Matrix Computations, 8.5): slow, simple and exact to rounding.
SymmetricEigen symmetric_eigen(std::span<const double> matrix, std::size_t n);

}  // namespace mayfly::index
