// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace mayfly::model {

// Products of f32 matrices for conversion: row-major, plain loops whose order of additions is
// fixed, so that the same input gives the same bits on every machine (the compiler must not fuse
// or reorder: -ffp-contract=off, no -ffast-math).

// y [m, n] = x [m, k] times the transpose of w [n, k], plus bias [n] where it is not empty.
std::vector<float> multiply_by_transposed(std::span<const float> x, std::span<const float> w,
                                          std::span<const float> bias, std::size_t m, std::size_t n,
                                          std::size_t k);

// X^T X of x [m, k], in f64 [k, k]; summed in f32 over slices of 256 rows.
std::vector<double> gram_matrix(std::span<const float> x, std::size_t m, std::size_t k);

}  // namespace mayfly::model
