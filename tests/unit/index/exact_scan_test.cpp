// SPDX-License-Identifier: Apache-2.0
#include "index/exact_scan.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <string>

#include "kernels/kernels.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {
namespace {

using testing::Vector;

// Normal vectors, or ones with a few large values, whose grids are coarse.
Vector draw(std::mt19937& random, std::size_t dim, bool spiky) {
  Vector vector = testing::random_unit_vector(random, dim);
  if (spiky) {
    for (int i = 0; i < 2; ++i) vector[random() % dim] *= 40.0F;
    testing::normalise(vector);
  }
  return vector;
}

float largest(const Vector& vector) {
  float most = 0;
  for (const float value : vector) most = std::max(most, std::fabs(value));
  return most;
}

// Every row scored, nothing left out.
std::vector<RowHit> score_all(const VectorRows& rows, const QueryVector& query, std::size_t k) {
  TopK best(std::min(k, rows.size()));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    best.offer({query.score(rows[row]), rows[row].sequence, row});
  }
  return hits_of(best);
}

}  // namespace

TEST_CASE("no row scores above its bound, and bounds are close", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (const std::size_t dim : {1U, 2U, 16U, 100U, 384U, 4096U}) {
    const auto precision = dim == 16 || dim == 4096 ? Precision::kInt10 : Precision::kInt8;
    VectorRows rows(dim, precision);
    for (int i = 0; i < 120; ++i) rows.append(draw(random, dim, i % 2 == 0));
    for (int round = 0; round < 20; ++round) {
      const Vector vector = draw(random, dim, round % 2 == 0);
      const QueryVector query(rows, vector);
      float bounds[120 + QueryVector::kMaxRows];
      std::size_t counted = 0;  // dim 4096: blocks of 64 rows
      while (counted < 120) counted += query.score_bounds(counted, bounds + counted);
      float above = 0;
      for (std::size_t row = 0; row < 120; ++row) {
        const float score = query.score(rows[row]);
        if (bounds[row] < score) FAIL("dim " << dim << ", round " << round << ", row " << row);
        above += (bounds[row] - score) / 120;
      }
      // A coarse step is 1/63 of the largest value, and what rounding to it leaves is spread evenly
      // over a step: a vector of length sqrt(384 / 12) / 63 = 0.09 of that value. Relative to it,
      // because the largest of 384 normal values now and then is half as large again as usual.
      if (dim == 384 && round % 2 == 1) CHECK(above < 0.13F * largest(vector));
    }
  }
}

// The row that the rest of the query, which the coarse grid leaves out, points at.
TEST_CASE("no row scores above its bound where the coarse grid errs most", "[index]") {
  std::mt19937 random(2);
  for (int round = 0; round < 200; ++round) {
    const std::size_t dim = 64;
    const Vector vector = testing::random_unit_vector(random, dim);
    const float step = largest(vector) / 63;
    Vector rest;
    for (const float value : vector) rest.push_back(value - step * std::nearbyint(value / step));
    testing::normalise(rest);
    VectorRows rows(dim);
    rows.append(rest);
    const QueryVector query(rows, vector);
    float bound;
    CHECK(query.score_bounds(0, &bound) == 1);
    CHECK(bound >= query.score(rows[0]));
    CHECK(bound < query.score(rows[0]) + 0.02F);
  }
}

TEST_CASE("leaving rows out by their bounds changes no hit and no bit of a score", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const std::string before(kernels::active().variant);
  for (const std::size_t dim : {3U, 48U, 384U}) {
    testing::ClusteredVectors clusters(random, dim, 6);
    VectorRows rows(dim, dim == 48 ? Precision::kInt10 : Precision::kInt8);
    for (int i = 0; i < 900; ++i) {
      const Vector vector = i % 2 == 0 ? clusters.draw() : draw(random, dim, i % 3 == 0);
      rows.append(vector);
      if (i % 10 == 0) rows.append(vector);  // equal scores
    }
    for (int i = 0; i < 50; ++i) rows.remove(random() % rows.size());  // and their order
    for (const std::size_t k : {1U, 10U, 100U, 2000U}) {
      const QueryVector query(rows, clusters.draw());
      const auto expected = score_all(rows, query, k);
      RowSet all(rows.size());
      for (std::size_t row = 0; row < rows.size(); ++row) all.insert(row);
      for (const auto& variant : kernels::variants()) {
        kernels::select(variant.variant);
        REQUIRE(testing::same_hits(scan_all(rows, query, k), expected));
        REQUIRE(testing::same_hits(scan_set(rows, query, k, all), expected));
      }
    }
  }
  kernels::select(before);
}

TEST_CASE("two bits more make scores four times as exact", "[index]") {
  std::mt19937 random(8);
  VectorRows coarse(384), fine(384, Precision::kInt10);
  CHECK(fine.precision() == Precision::kInt10);
  std::vector<Vector> vectors;
  for (int i = 0; i < 300; ++i) {
    vectors.push_back(testing::random_unit_vector(random, 384));
    coarse.append(vectors.back());
    fine.append(fine.size() % 2 == 0 ? vectors.back() : Vector(384, 0.0F));
    if (fine.size() % 2 == 0) fine.replace(fine.size() - 1, vectors.back());
  }
  fine.remove(0);
  coarse.remove(0);
  vectors[0] = vectors.back();
  double coarse_error = 0, fine_error = 0;
  for (int round = 0; round < 10; ++round) {
    const Vector query = testing::random_unit_vector(random, 384);
    const QueryVector by_coarse(coarse, query), by_fine(fine, query);
    for (std::size_t row = 0; row < fine.size(); ++row) {
      double cosine = 0;
      for (std::size_t i = 0; i < 384; ++i) cosine += double{query[i]} * double{vectors[row][i]};
      coarse_error += std::pow(by_coarse.score(coarse[row]) - cosine, 2);
      fine_error += std::pow(by_fine.score(fine[row]) - cosine, 2);
    }
  }
  CHECK(std::sqrt(fine_error) < 0.3 * std::sqrt(coarse_error));
  CHECK(fine.byte_count() == 512 * (384 + 96 + 16));
}

TEST_CASE("of rows with the same score those inserted first are kept", "[index]") {
  VectorRows rows(2);
  for (int i = 0; i < 400; ++i) rows.append(Vector{0.0F, 1.0F});
  rows.remove(3);  // the last one, youngest, is row 3 now
  const auto hits = scan_all(rows, QueryVector(rows, Vector{0.0F, 1.0F}), 399);
  CHECK(hits.back().row == 3);
  CHECK(scan_all(rows, QueryVector(rows, Vector{0.0F, 1.0F}), 5)[4].row == 5);
}

TEST_CASE("a set of rows counts each once and holds none beyond its size", "[index]") {
  RowSet set(70);
  for (const std::size_t row : {0U, 63U, 64U, 69U, 64U}) set.insert(row);
  CHECK(set.count() == 4);
  CHECK(set.contains(64));
  CHECK_FALSE(set.contains(65));
  CHECK_FALSE(set.contains(70));
  CHECK_FALSE(set.contains(1000));
}

}  // namespace mayfly::index
