// SPDX-License-Identifier: Apache-2.0
#include "analysis/hubness.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "index/flat_vector_index.h"
#include "index/vector_whitening.h"
#include "unit/index/random_vectors.h"

namespace mayfly::analysis {
namespace {

using index::FlatVectorIndex;
using index::Metric;
using index::Precision;
using index::VectorWhitening;
using testing::Vector;

struct Collection {
  explicit Collection(std::vector<float> all, std::size_t dim, Metric metric = Metric::kUnitCosine)
      : vectors(std::move(all)), index(dim, Precision::kFloat32, metric) {
    for (std::size_t at = 0; at < vectors.size(); at += dim) {
      index.append(std::span(vectors).subspan(at, dim));
    }
  }
  std::vector<float> vectors;
  FlatVectorIndex index;
};

double dot(const float* a, const float* b, std::size_t n) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += double{a[i]} * double{b[i]};
  return sum;
}

std::vector<float> random_vectors(std::mt19937& random, std::size_t count, std::size_t dim,
                                  float shift) {
  std::vector<float> all;
  for (std::size_t i = 0; i < count; ++i) {
    Vector vector = testing::random_unit_vector(random, dim);
    vector[0] += shift;  // a cone around the first axis
    testing::normalise(vector);
    all.insert(all.end(), vector.begin(), vector.end());
  }
  return all;
}

// [n][n] cosines, and the k nearest others of each row.
std::vector<std::vector<std::size_t>> nearest_others(const std::vector<float>& vectors,
                                                     std::size_t dim, std::size_t k) {
  const std::size_t count = vectors.size() / dim;
  std::vector<std::vector<std::size_t>> result(count);
  for (std::size_t row = 0; row < count; ++row) {
    std::vector<std::pair<double, std::size_t>> others;
    for (std::size_t other = 0; other < count; ++other) {
      if (other == row) continue;
      others.emplace_back(-dot(&vectors[row * dim], &vectors[other * dim], dim), other);
    }
    std::sort(others.begin(), others.end());
    for (std::size_t i = 0; i < k; ++i) result[row].push_back(others[i].second);
  }
  return result;
}

}  // namespace

TEST_CASE("k-occurrences are counted as brute force counts them", "[analysis]") {
  std::mt19937 random(4);
  const std::size_t dim = 20, k = 5;
  const Collection collection(random_vectors(random, 150, dim, 0.0F), dim);
  const HubnessReport report = hubness(collection.index, collection.vectors, k);
  std::vector<std::uint32_t> expected(150);
  for (const auto& near : nearest_others(collection.vectors, dim, k)) {
    for (const std::size_t row : near) ++expected[row];
  }
  CHECK(report.occurrences == expected);
  double mean = 0, second = 0, third = 0;
  for (const double n : expected) mean += n / 150;
  for (const double n : expected) second += std::pow(n - mean, 2) / 150;
  for (const double n : expected) third += std::pow(n - mean, 3) / 150;
  CHECK(mean == Approx(5));
  CHECK(report.skewness == Approx(third / std::pow(std::sqrt(second), 3)));
  CHECK(report.largest == *std::max_element(expected.begin(), expected.end()));
  CHECK(report.antihub_share ==
        Approx(static_cast<double>(std::count(expected.begin(), expected.end(), 0U)) / 150));
}

TEST_CASE("hubness grows with the dimensions, as Radovanović and others found", "[analysis]") {
  std::mt19937 random(7);
  double before = -1;
  std::uniform_real_distribution<float> uniform(0.0F, 1.0F);
  for (const std::size_t dim : {3U, 20U, 100U}) {  // 0.121, 1.541, 5.445 for 10,000 of them
    std::vector<float> vectors(1000 * dim);
    for (float& value : vectors) value = uniform(random);
    const Collection collection(vectors, dim, Metric::kEuclidean);
    const double skewness = hubness(collection.index, collection.vectors, 10).skewness;
    CHECK(skewness > before);
    before = skewness;
  }
  CHECK(before > 1);
}

TEST_CASE("local scaling scores as its formula says and makes hubs smaller", "[analysis]") {
  std::mt19937 random(9);
  const std::size_t dim = 60, k = 10, count = 400;
  // Some lie more in the middle of the cone than others: the hubs.
  std::uniform_real_distribution<float> shift(0.0F, 1.5F);
  std::vector<float> cone;
  for (std::size_t i = 0; i < count; ++i) {
    const auto one = random_vectors(random, 1, dim, shift(random));
    cone.insert(cone.end(), one.begin(), one.end());
  }
  const Collection collection(cone, dim);
  const auto near = nearest_others(collection.vectors, dim, k);
  const CslsSearch csls(collection.index, collection.vectors, k);
  std::vector<double> plain_hits(count), csls_hits(count);
  for (int round = 0; round < 400; ++round) {
    const Vector query = random_vectors(random, 1, dim, shift(random));
    std::vector<double> cosines;
    for (std::size_t row = 0; row < count; ++row) {
      cosines.push_back(dot(query.data(), &collection.vectors[row * dim], dim));
    }
    auto sorted = cosines;
    std::sort(sorted.rbegin(), sorted.rend());
    double query_mean = 0;
    for (std::size_t i = 0; i < k; ++i) query_mean += sorted[i] / k;
    std::vector<double> scores;
    for (std::size_t row = 0; row < count; ++row) {
      double row_mean = 0;
      for (const std::size_t other : near[row]) {
        row_mean += dot(&collection.vectors[row * dim], &collection.vectors[other * dim], dim) / k;
      }
      scores.push_back(2 * cosines[row] - query_mean - row_mean);
    }
    const auto hits = csls.search(query, 5, count);
    REQUIRE(hits.size() == 5);
    auto best = scores;
    std::sort(best.rbegin(), best.rend());
    for (std::size_t i = 0; i < 5; ++i) {
      REQUIRE(hits[i].score == Approx(best[i]).margin(1e-5));
      REQUIRE(hits[i].score == Approx(scores[hits[i].row]).margin(1e-5));
      ++csls_hits[hits[i].row];
    }
    for (const auto& hit : collection.index.search(query, 5)) ++plain_hits[hit.row];
  }
  CHECK(2 * *std::max_element(csls_hits.begin(), csls_hits.end()) <
        *std::max_element(plain_hits.begin(), plain_hits.end()));
}

TEST_CASE("centring takes the cone away, whitening makes directions equal", "[analysis]") {
  std::mt19937 random(11);
  const std::size_t dim = 24, count = 3000;
  std::vector<float> vectors = random_vectors(random, count, dim, 3.0F);
  for (std::size_t at = 0; at < vectors.size(); at += dim) {
    for (std::size_t i = 1; i < 5; ++i) vectors[at + i] *= 4.0F;  // and some directions longer
  }
  for (const auto kind : {VectorWhitening::Kind::kCentre, VectorWhitening::Kind::kWhiten}) {
    const VectorWhitening whitening(vectors, dim, kind);
    std::vector<double> mean(dim), squares(dim);
    Vector out(dim);
    for (std::size_t at = 0; at < vectors.size(); at += dim) {
      whitening.apply(std::span(vectors).subspan(at, dim), out);
      REQUIRE(dot(out.data(), out.data(), dim) == Approx(1.0).epsilon(1e-5));
      for (std::size_t i = 0; i < dim; ++i) mean[i] += out[i] / count;
      for (std::size_t i = 0; i < dim; ++i) squares[i] += double{out[i]} * out[i] / count;
    }
    for (const double value : mean) CHECK(std::fabs(value) < 0.1);
    const auto [least, most] = std::minmax_element(squares.begin() + 1, squares.end());
    if (kind == VectorWhitening::Kind::kCentre) CHECK(*most > 8 * *least);
    if (kind == VectorWhitening::Kind::kWhiten) CHECK(*most < 1.5 * *least);
  }
}

TEST_CASE("centring of equal vectors gives zeros, not garbage", "[analysis]") {
  const std::vector<float> same{0.6F, 0.8F, 0.6F, 0.8F};
  for (const auto kind : {VectorWhitening::Kind::kCentre, VectorWhitening::Kind::kWhiten}) {
    const VectorWhitening whitening(same, 2, kind);
    Vector out(2, 7.0F);
    whitening.apply(std::span(same).first(2), out);
    CHECK(out == Vector{0.0F, 0.0F});
    CHECK(testing::code_of([&] { whitening.apply(same, out); }) == ErrorCode::kDimensionMismatch);
  }
  CHECK(testing::code_of([&] { VectorWhitening({}, 2, VectorWhitening::Kind::kCentre); }) ==
        ErrorCode::kInvalidArgument);
}

TEST_CASE("neighbourhoods that cannot be are refused", "[analysis]") {
  const Collection collection({1, 0, 0, 1}, 2);
  const std::vector<float> other{1, 0};
  CHECK(testing::code_of([&] { hubness(collection.index, other, 1); }) ==
        ErrorCode::kDimensionMismatch);
  CHECK(testing::code_of([&] { hubness(collection.index, collection.vectors, 2); }) ==
        ErrorCode::kInvalidArgument);
  CHECK(testing::code_of([&] { CslsSearch(collection.index, collection.vectors, 0); }) ==
        ErrorCode::kInvalidArgument);
}

}  // namespace mayfly::analysis
