// SPDX-License-Identifier: Apache-2.0
#include "index/symmetric_eigen.h"

#include <catch2/catch.hpp>
#include <random>

namespace mayfly::index {

TEST_CASE("eigenvectors are orthonormal and give the matrix back", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  for (const std::size_t n : {1U, 2U, 7U, 40U}) {
    std::vector<double> matrix(n * n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) matrix[i * n + j] = matrix[j * n + i] = normal(random);
    }
    const SymmetricEigen eigen = symmetric_eigen(matrix, n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        double product = 0, value = 0;
        for (std::size_t k = 0; k < n; ++k) {
          product += eigen.vectors[i * n + k] * eigen.vectors[j * n + k];
          value += eigen.values[k] * eigen.vectors[k * n + i] * eigen.vectors[k * n + j];
        }
        REQUIRE(product == Approx(i == j ? 1.0 : 0.0).margin(1e-10));
        REQUIRE(value == Approx(matrix[i * n + j]).margin(1e-9));
      }
    }
  }
}

}  // namespace mayfly::index
