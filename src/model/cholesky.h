// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>

namespace mayfly::model {

// Replaces the symmetric positive definite a [n, n] by M = L^-1, where a = L L^T (Cholesky), so
// that a^-1 = M^T M; M is lower triangular, zeros above. Only a's upper triangle is read.
// Error(kInvalidModel) where a is not positive definite.
void invert_lower_factor(std::span<double> a, std::size_t n);

}  // namespace mayfly::model
