// SPDX-License-Identifier: Apache-2.0
#include "index/sign_rotation.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "unit/index/random_vectors.h"

namespace mayfly::index {
namespace {

using testing::dot;
using testing::Vector;

Vector rotated(const SignRotation& rotation, const Vector& vector) {
  Vector out(rotation.width(), 7.0F);
  rotation.rotate(vector, out);
  return out;
}

std::size_t differing(const SignRotation& rotation, const Vector& a, const Vector& b) {
  std::vector<std::uint64_t> x(rotation.width() / 64), y(x.size());
  rotation.write_signs(a, x);
  rotation.write_signs(b, y);
  std::size_t count = 0;
  for (std::size_t bit = 0; bit < 64 * x.size(); ++bit) {
    count += (x[bit / 64] >> (bit % 64) & 1U) != (y[bit / 64] >> (bit % 64) & 1U) ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_CASE("a rotation keeps lengths and dot products of vectors of any dimension", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (const std::size_t dim : {1U, 8U, 100U, 128U, 129U, 240U, 384U, 768U, 1000U}) {
    const SignRotation rotation(dim);
    INFO("dim " << dim);
    REQUIRE(rotation.width() % 128 == 0);
    REQUIRE(rotation.width() >= dim);
    const Vector a = testing::random_unit_vector(random, dim);
    const Vector b = testing::random_unit_vector(random, dim);
    CHECK(dot(rotated(rotation, a), rotated(rotation, a)) == Approx(1).epsilon(1e-5));
    CHECK(dot(rotated(rotation, a), rotated(rotation, b)) == Approx(dot(a, b)).margin(1e-5));
  }
}

// The chance that a random hyperplane parts two vectors is their angle / pi (Goemans and
// Williamson 1995; Charikar 2002).
TEST_CASE("signs differ by the angle even where a few dimensions carry almost everything",
          "[index]") {
  for (const std::size_t dim : {240U, 384U}) {
    const SignRotation rotation(dim);
    const double width = static_cast<double>(rotation.width());
    for (const double angle : {0.3, 0.8, 1.57, 2.5}) {
      // Deviations of 4 sigma happen once in 16,000 draws, and these are always the same.
      const double sigma = std::sqrt(angle / M_PI * (1 - angle / M_PI) * width);
      for (std::size_t place = 0; place + 1 < dim; place += 37) {
        Vector a(dim), b(dim);
        a[place] = 1;
        b[place] = static_cast<float>(std::cos(angle));
        b[place + 1] = static_cast<float>(std::sin(angle));
        INFO("dim " << dim << ", angle " << angle << ", place " << place);
        const double expected = angle / M_PI * width;
        CHECK(std::fabs(static_cast<double>(differing(rotation, a, b)) - expected) < 4 * sigma);
      }
    }
  }
}

}  // namespace mayfly::index
