// SPDX-License-Identifier: Apache-2.0
#include "index/principal_axes.h"

#include <catch2/catch.hpp>
#include <random>

#include "unit/index/random_vectors.h"

namespace mayfly::index {
namespace {

using testing::dot;
using testing::Vector;

// `count` orthonormal vectors, by Gram and Schmidt in f64.
std::vector<Vector> random_basis(std::mt19937& random, std::size_t dim, std::size_t count) {
  std::vector<Vector> basis;
  while (basis.size() < count) {
    Vector vector = testing::random_unit_vector(random, dim);
    for (const Vector& other : basis) {
      const double share = dot(vector, other);
      for (std::size_t i = 0; i < dim; ++i) {
        vector[i] -= static_cast<float>(share * other[i]);
      }
    }
    testing::normalise(vector);
    basis.push_back(vector);
  }
  return basis;
}

}  // namespace

TEST_CASE("axes span the directions in which vectors were drawn longest", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const std::size_t dim = 40, strong = 5;
  const auto basis = random_basis(random, dim, dim);
  std::normal_distribution<float> normal;
  std::vector<float> vectors;
  for (int n = 0; n < 2000; ++n) {
    Vector vector(dim, 0.0F);
    for (std::size_t i = 0; i < dim; ++i) {
      const float size = normal(random) * (i < strong ? 1.0F : 0.1F);
      for (std::size_t j = 0; j < dim; ++j) vector[j] += size * basis[i][j];
    }
    vectors.insert(vectors.end(), vector.begin(), vector.end());
  }
  PrincipalAxes axes;
  axes.fit(vectors, dim, strong, 1);
  REQUIRE(axes.count() == strong);
  // A strong direction loses none of its length in the projection, a weak one nearly all.
  Vector out(strong);
  for (std::size_t i = 0; i < dim; ++i) {
    axes.project(basis[i], out);
    if (i < strong) {
      CHECK(dot(out, out) == Approx(1.0).margin(0.01));
    } else {
      CHECK(dot(out, out) < 0.05);
    }
  }
}

TEST_CASE("axes are orthonormal whatever they are fitted on", "[index]") {
  std::mt19937 random(3);
  const std::size_t dim = 24;
  const Vector one = testing::random_unit_vector(random, dim);
  std::vector<float> same, zeros(dim * 10), tiny(dim * 10, 1e-9F);
  for (int i = 0; i < 10; ++i) same.insert(same.end(), one.begin(), one.end());
  for (const auto& vectors : {same, zeros, tiny}) {
    for (const std::size_t count : {1UL, 7UL, dim}) {
      PrincipalAxes axes;
      axes.fit(vectors, dim, count, 9);
      // A basis of all dimensions keeps every length; fewer make none longer.
      for (int i = 0; i < 20; ++i) {
        const Vector vector = testing::random_unit_vector(random, dim);
        Vector out(count);
        axes.project(vector, out);
        REQUIRE(dot(out, out) <= 1.0 + 1e-5);
        if (count == dim) REQUIRE(dot(out, out) == Approx(1.0).epsilon(1e-5));
      }
    }
  }
}

}  // namespace mayfly::index
