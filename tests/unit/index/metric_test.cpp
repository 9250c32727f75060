// SPDX-License-Identifier: Apache-2.0
// Metrics and precisions of every kind of rows against sums in f64 over the vectors themselves.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "index/binary_index.h"
#include "index/exact_scan.h"
#include "index/flat_index.h"
#include "index/hnsw_index.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {
namespace {

using testing::code_of;
using testing::dot;
using testing::Vector;

double true_score(Metric metric, const Vector& a, const Vector& b) {
  if (metric == Metric::kDot) return dot(a, b);
  if (metric != Metric::kEuclidean) {
    const double lengths = std::sqrt(dot(a, a) * dot(b, b));
    return lengths > 0 ? dot(a, b) / lengths : 0;
  }
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += std::pow(double{a[i]} - double{b[i]}, 2);
  return -std::sqrt(squares);
}

// Lengths from a tenth to ten times `size`, unless the metric wants 1.
Vector draw(std::mt19937& random, std::size_t dim, Metric metric, double size) {
  Vector vector = testing::random_unit_vector(random, dim);
  if (metric == Metric::kUnitCosine) return vector;
  const double length = size * std::pow(10.0, std::uniform_real_distribution<>(-1, 1)(random));
  for (float& value : vector) value = static_cast<float>(value * length);
  return vector;
}

double length(const Vector& vector) { return std::sqrt(dot(vector, vector)); }

// What rounding can change at most, of an index whose values are within `steps` of their scale.
double tolerance(Metric metric, double steps, const Vector& row, const Vector& query) {
  double step = 0, query_step = 0;
  for (const float value : row) step = std::max(step, std::fabs(double{value}) / 127);
  for (const float value : query) query_step = std::max(query_step, std::fabs(value) / 4095.0);
  const double root = std::sqrt(static_cast<double>(row.size()));
  const double row_error = steps * step * root, query_error = query_step / 2 * root;
  if (metric == Metric::kEuclidean) {
    return row_error + query_error + 6e-4 * (length(row) + length(query));
  }
  const double error =
      row_error * length(query) + query_error * (length(row) + row_error) + 1e-6 * length(row);
  const double lengths = length(row) * length(query);
  return metric == Metric::kDot ? error + 1e-6 * lengths : error / lengths + 1e-6;
}

constexpr Metric kMetrics[] = {Metric::kUnitCosine, Metric::kCosine, Metric::kDot,
                               Metric::kEuclidean};

}  // namespace

TEST_CASE("every metric scores within the rounding of its precision", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (const Metric metric : kMetrics) {
    for (const std::size_t dim : {1U, 5U, 64U, 200U}) {
      for (const double size : {1e-6, 1.0, 1e5}) {
        CAPTURE(static_cast<int>(metric), dim, size);
        FlatIndex coarse(dim, Precision::kInt8, metric), fine(dim, Precision::kInt10, metric);
        std::vector<Vector> rows;
        for (int i = 0; i < 60; ++i) rows.push_back(draw(random, dim, metric, size));
        for (const Vector& row : rows) coarse.append(row), fine.append(row);
        const Vector query = draw(random, dim, metric, size);
        for (const RowHit& hit : coarse.search(query, 60)) {
          const Vector& row = rows[hit.row];
          REQUIRE(std::fabs(hit.score - true_score(metric, row, query)) <=
                  tolerance(metric, 0.5, row, query));
        }
        for (const RowHit& hit : fine.search(query, 60)) {
          const Vector& row = rows[hit.row];
          REQUIRE(std::fabs(hit.score - true_score(metric, row, query)) <=
                  tolerance(metric, 0.13, row, query));
        }
      }
    }
  }
}

TEST_CASE("f32 rows are ranked as f64 sums rank them, whatever the metric", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (const Metric metric : kMetrics) {
    for (const std::size_t dim : {3U, 96U}) {
      CAPTURE(static_cast<int>(metric), dim);
      FlatIndex index(dim, Precision::kFloat32, metric);
      std::vector<Vector> rows;
      for (int i = 0; i < 800; ++i) rows.push_back(draw(random, dim, metric, 3.0));
      for (const Vector& row : rows) index.append(row);
      for (int round = 0; round < 10; ++round) {
        const Vector query = draw(random, dim, metric, 3.0);
        std::vector<double> scores;
        for (const Vector& row : rows) scores.push_back(true_score(metric, row, query));
        auto sorted = scores;
        std::sort(sorted.rbegin(), sorted.rend());
        const auto hits = index.search(query, 12);
        REQUIRE(hits.size() == 12);
        for (std::size_t i = 0; i < 12; ++i) {
          const double slack = 1e-6 * (1 + std::fabs(sorted[i]));
          REQUIRE(std::fabs(hits[i].score - scores[hits[i].row]) <= slack);
          REQUIRE(std::fabs(hits[i].score - sorted[i]) <= slack);  // the i-th best, or its equal
        }
      }
    }
  }
}

TEST_CASE("no row of any format scores above its bound", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  using enum Precision;
  for (const Metric metric : kMetrics) {
    for (const Precision precision : {kInt8, kInt10, kFloat32}) {
      for (const std::size_t dim : {1U, 16U, 300U}) {
        CAPTURE(static_cast<int>(metric), static_cast<int>(precision), dim);
        VectorRows rows(dim, precision, metric);
        for (int i = 0; i < 100; ++i) rows.append(draw(random, dim, metric, 1.0));
        for (int round = 0; round < 20; ++round) {
          Vector vector = draw(random, dim, metric, 1.0);
          if (round % 4 == 0) rows.dequantize(random() % 100, vector);  // near, where bounds are
          if (metric == Metric::kUnitCosine) testing::normalise(vector);
          const QueryVector query(rows, vector);
          float bounds[QueryVector::kMaxRows];
          REQUIRE(query.score_bounds(0, bounds) == 100);
          for (std::size_t row = 0; row < 100; ++row) {
            REQUIRE(bounds[row] >= query.score(rows[row]));
          }
        }
      }
    }
  }
}

TEST_CASE("a vector is at distance 0 from itself and zeros at its length", "[index]") {
  FlatIndex index(3, Precision::kFloat32, Metric::kEuclidean);
  index.append(Vector{3.0F, 4.0F, 0.0F});
  index.append(Vector{0.0F, 0.0F, 0.0F});
  const auto hits = index.search(Vector{3.0F, 4.0F, 0.0F}, 2);
  CHECK(hits[0].row == 0);
  CHECK(hits[0].score == 0.0F);
  CHECK(hits[1].score == -5.0F);
  CHECK(index.row_bytes() >= 3 * 5);
}

TEST_CASE("the longest vector wins by the dot product, not by the cosine", "[index]") {
  FlatIndex by_dot(2, Precision::kInt8, Metric::kDot);
  FlatIndex by_cosine(2, Precision::kInt8, Metric::kCosine);
  for (FlatIndex* index : {&by_dot, &by_cosine}) {
    index->append(Vector{1.0F, 0.0F});
    index->append(Vector{5.0F, 5.0F});
    index->append(Vector{0.0F, 0.0F});
  }
  CHECK(by_dot.search(Vector{2.0F, 0.0F}, 1)[0].row == 1);
  CHECK(by_dot.search(Vector{2.0F, 0.0F}, 1)[0].score == Approx(10.0));
  CHECK(by_cosine.search(Vector{2.0F, 0.0F}, 1)[0].row == 0);
  CHECK(by_cosine.search(Vector{2.0F, 0.0F}, 3)[2].score == 0.0F);
}

TEST_CASE("a graph finds by distance and by the dot product too", "[index]") {
  std::mt19937 random(12);
  for (const Metric metric : {Metric::kCosine, Metric::kDot, Metric::kEuclidean}) {
    for (const Precision precision : {Precision::kInt8, Precision::kFloat32}) {
      CAPTURE(static_cast<int>(metric));
      HnswOptions options;
      options.metric = metric;
      options.precision = precision;
      HnswIndex graph(48, options);
      FlatIndex flat(48, precision, metric);
      testing::ClusteredVectors clusters(random, 48, 10);
      const auto scaled = [&](double spread) {
        Vector vector = clusters.draw();
        const auto factor =
            static_cast<float>(std::uniform_real_distribution<>(1 - spread, 1 + spread)(random));
        for (float& value : vector) value *= factor;
        return vector;
      };
      for (int i = 0; i < 1500; ++i) {
        const Vector vector = scaled(0.3);
        graph.append(vector);
        flat.append(vector);
      }
      double found = 0;
      for (int i = 0; i < 40; ++i) {
        const Vector query = scaled(0.3);
        const auto expected = flat.search(query, 10), hits = graph.search(query, 10, 80);
        found += testing::recall(hits, expected) / 40;
        if (hits[0].row == expected[0].row) REQUIRE(hits[0].score == expected[0].score);
      }
      CHECK(found >= 0.95);
    }
  }
}

TEST_CASE("lengths that a metric does not take are refused", "[index]") {
  const float infinity = std::numeric_limits<float>::infinity();
  for (const Metric metric : {Metric::kCosine, Metric::kDot, Metric::kEuclidean}) {
    FlatIndex index(2, Precision::kInt8, metric);
    for (const float bad : {1e-12F, 1e12F, infinity, -infinity, std::nanf("")}) {
      CHECK(code_of([&] { index.append(Vector{bad, 0.0F}); }) == ErrorCode::kInvalidArgument);
    }
    index.append(Vector{1e8F, 1.0F});
    index.append(Vector{1e-8F, 0.0F});
    CHECK(index.size() == 2);
  }
  CHECK(code_of([] { BinaryIndex index(4, Precision::kInt8, Metric::kDot); }) ==
        ErrorCode::kInvalidArgument);
  FlatIndex unit(2), other(2, Precision::kInt8, Metric::kCosine);
  CHECK(code_of([&] { unit.append(other); }) == ErrorCode::kInvalidArgument);
}

TEST_CASE("long rows copied from another index are not passed over", "[index]") {
  FlatIndex source(4, Precision::kInt8, Metric::kDot), index(4, Precision::kInt8, Metric::kDot);
  for (int i = 0; i < 5; ++i) index.append(Vector{0.1F, 0.0F, 0.0F, 0.0F});
  for (int i = 0; i < 40; ++i) source.append(Vector{1.0F, 0.1F, 0.0F, static_cast<float>(i)});
  index.append(source);
  const Vector query{0.3F, 0.011F, 0.7F, 0.9F};
  CHECK(index.search(query, 1)[0].row == 44);
  index.replace(0, source, 39);
  index.clear();
  CHECK(index.search(query, 1).empty());
}

}  // namespace mayfly::index
