// SPDX-License-Identifier: Apache-2.0
#include "index/flat_index.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <string>

#include "base/error.h"
#include "kernels/kernels.h"

using mayfly::ErrorCode;
using mayfly::index::FlatIndex;
using mayfly::index::RowHit;

namespace {

using Vector = std::vector<float>;

Vector random_unit_vector(std::mt19937& random, std::size_t dim) {
  std::normal_distribution<float> normal;
  Vector vector(dim);
  double squares = 0;
  for (float& value : vector) {
    value = normal(random);
    squares += double{value} * double{value};
  }
  for (float& value : vector) value = static_cast<float>(value / std::sqrt(squares));
  return vector;
}

double cosine(const Vector& a, const Vector& b) {
  double dot = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    dot += double{a[i]} * double{b[i]};
    aa += double{a[i]} * double{a[i]};
    bb += double{b[i]} * double{b[i]};
  }
  return dot / std::sqrt(aa * bb);
}

double largest(const Vector& v) {
  double result = 0;
  for (const float value : v) result = std::max(result, std::fabs(double{value}));
  return result;
}

double l1_norm(const Vector& v) {
  double result = 0;
  for (const float value : v) result += std::fabs(double{value});
  return result;
}

// What rounding row and query to their grids can change in the score at most.
double score_error_bound(const Vector& row, const Vector& query) {
  const double row_step = largest(row) / 127, query_step = largest(query) / 4095;
  return row_step / 2 * (l1_norm(query) + static_cast<double>(query.size()) * query_step / 2) +
         query_step / 2 * l1_norm(row) + 1e-6;
}

// A vector along one axis, so that scores can be written down.
Vector axis(std::size_t dim, std::size_t which, float sign = 1.0F) {
  Vector vector(dim, 0.0F);
  vector[which] = sign;
  return vector;
}

std::vector<std::size_t> rows_of(const std::vector<RowHit>& hits) {
  std::vector<std::size_t> rows;
  for (const RowHit& hit : hits) rows.push_back(hit.row);
  return rows;
}

template <typename Action>
ErrorCode code_of(Action&& action) {
  try {
    action();
  } catch (const mayfly::Error& error) {
    return error.code();
  }
  FAIL("no error was thrown");
  return ErrorCode::kInternal;
}

}  // namespace

TEST_CASE("a flat index scores every row within the bound of quantization", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (const std::size_t dim : {1U, 3U, 64U, 65U, 384U, 4096U}) {
    CAPTURE(dim);
    FlatIndex index(dim);
    std::vector<Vector> rows;
    for (int i = 0; i < 150; ++i) rows.push_back(random_unit_vector(random, dim));
    for (const Vector& row : rows) index.append(row);
    const Vector query = random_unit_vector(random, dim);
    const auto hits = index.search(query, rows.size());
    REQUIRE(hits.size() == rows.size());
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const Vector& row = rows[hits[i].row];
      REQUIRE(std::fabs(hits[i].score - cosine(row, query)) <= score_error_bound(row, query));
      if (i > 0) REQUIRE(hits[i].score <= hits[i - 1].score);
    }
  }
}

TEST_CASE("at 384 dimensions scores are within 0.003 of the cosine", "[index]") {
  std::mt19937 random(1);
  FlatIndex index(384);
  std::vector<Vector> rows;
  for (int i = 0; i < 2000; ++i) rows.push_back(random_unit_vector(random, 384));
  for (const Vector& row : rows) index.append(row);
  double worst = 0;
  for (int i = 0; i < 20; ++i) {
    const Vector query = random_unit_vector(random, 384);
    for (const RowHit& hit : index.search(query, 2000)) {
      worst = std::max(worst, std::fabs(hit.score - cosine(rows[hit.row], query)));
    }
  }
  CHECK(worst < 0.003);
}

TEST_CASE("a flat index finds what brute force finds when scores are well apart", "[index]") {
  // Rows at known angles to the query: score i is cos(i / 100), so neighbours differ by far more
  // than quantization can change.
  FlatIndex index(8);
  for (std::size_t i = 0; i < 100; ++i) {
    const double angle = static_cast<double>((i * 37) % 100) / 50;
    Vector row(8, 0.0F);
    row[0] = static_cast<float>(std::cos(angle));
    row[5] = static_cast<float>(std::sin(angle));
    index.append(row);
  }
  const auto hits = index.search(axis(8, 0), 10);
  REQUIRE(hits.size() == 10);
  // 73 is the inverse of 37 modulo 100.
  for (std::size_t i = 0; i < 10; ++i) CHECK(hits[i].row == i * 73 % 100);
}

TEST_CASE("every kernel variant gives the same hits", "[index]") {
  const std::string before(mayfly::kernels::active().variant);
  std::mt19937 random(7);
  FlatIndex index(100);
  for (int i = 0; i < 500; ++i) index.append(random_unit_vector(random, 100));
  const Vector query = random_unit_vector(random, 100);
  const auto expected = index.search(query, 500);
  for (const auto& variant : mayfly::kernels::variants()) {
    mayfly::kernels::select(variant.variant);
    const auto hits = index.search(query, 500);
    CHECK(rows_of(hits) == rows_of(expected));
    for (std::size_t i = 0; i < hits.size(); ++i) REQUIRE(hits[i].score == expected[i].score);
  }
  mayfly::kernels::select(before);
}

TEST_CASE("a vector scores 1 with itself and -1 with its opposite", "[index]") {
  FlatIndex index(4);
  index.append(axis(4, 2));
  index.append(axis(4, 2, -1.0F));
  const auto hits = index.search(axis(4, 2), 2);
  CHECK(hits[0].score == Approx(1.0F).margin(1e-6));
  CHECK(hits[1].score == Approx(-1.0F).margin(1e-6));
  std::mt19937 random(3);
  for (int i = 0; i < 200; ++i) {
    FlatIndex one(384);
    const Vector vector = random_unit_vector(random, 384);
    one.append(vector);
    CHECK(one.search(vector, 1)[0].score <= 1.0F);
    CHECK(one.search(vector, 1)[0].score > 0.99F);
  }
}

TEST_CASE("equal scores come in order of insertion, whatever was removed in between", "[index]") {
  FlatIndex index(4);
  for (int i = 0; i < 6; ++i) index.append(axis(4, 0));
  CHECK(rows_of(index.search(axis(4, 0), 4)) == std::vector<std::size_t>{0, 1, 2, 3});
  index.remove(1);  // the sixth vector is row 1 from now on
  CHECK(rows_of(index.search(axis(4, 0), 5)) == std::vector<std::size_t>{0, 2, 3, 4, 1});
  FlatIndex other(4);
  other.append(axis(4, 1));
  index.replace(2, other, 0);
  CHECK(rows_of(index.search(axis(4, 0), 5)) == std::vector<std::size_t>{0, 3, 4, 1, 2});
  index.replace(2, index, 0);  // back again: its place has not changed
  CHECK(rows_of(index.search(axis(4, 0), 5)) == std::vector<std::size_t>{0, 2, 3, 4, 1});
}

TEST_CASE("random appends, replacements and removals leave what a plain list leaves", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const std::size_t dim = 2000;  // 128 rows in a block: the walk crosses block edges
  FlatIndex index(dim);
  std::vector<Vector> list;
  for (int step = 0; step < 1500; ++step) {
    const auto choice = random() % 10;
    if (list.empty() || choice < (step < 900 ? 7U : 3U)) {
      list.push_back(random_unit_vector(random, dim));
      index.append(list.back());
    } else if (choice < 8) {
      const std::size_t row = random() % list.size();
      list[row] = list.back();
      list.pop_back();
      index.remove(row);
    } else {
      const std::size_t row = random() % list.size();
      list[row] = random_unit_vector(random, dim);
      FlatIndex one(dim);
      one.append(list[row]);
      index.replace(row, one, 0);
    }
    REQUIRE(index.size() == list.size());
    if (step % 50 != 0 || list.empty()) continue;
    const Vector query = random_unit_vector(random, dim);
    for (const RowHit& hit : index.search(query, list.size())) {
      REQUIRE(std::fabs(hit.score - cosine(list[hit.row], query)) <=
              score_error_bound(list[hit.row], query));
    }
  }
}

TEST_CASE("rows copied from another index score as if they had been added here", "[index]") {
  std::mt19937 random(5);
  FlatIndex direct(50), staging(50), copied(50);
  for (int i = 0; i < 30; ++i) {
    const Vector vector = random_unit_vector(random, 50);
    direct.append(vector);
    staging.append(vector);
  }
  copied.append(staging);
  const Vector query = random_unit_vector(random, 50);
  const auto expected = direct.search(query, 30), actual = copied.search(query, 30);
  CHECK(rows_of(actual) == rows_of(expected));
  for (std::size_t i = 0; i < 30; ++i) CHECK(actual[i].score == expected[i].score);
}

TEST_CASE("equal scores come by the numbers that a caller gave, whatever came first", "[index]") {
  FlatIndex index(2);
  for (const std::uint64_t number : {20, 21, 10, 11}) index.append(Vector{1, 0}, number);
  index.remove(0);  // 21, 11 and 10 are left, in rows 1, 0 and 2
  std::vector<std::size_t> rows;
  for (const RowHit& hit : index.search(Vector{1, 0}, 9)) rows.push_back(hit.row);
  CHECK(rows == std::vector<std::size_t>{2, 0, 1});
  CHECK(index.search(Vector{1, 0}, 1)[0].row == 2);
}

TEST_CASE("an empty or cleared index finds nothing and can be filled again", "[index]") {
  FlatIndex index(4);
  CHECK(index.search(axis(4, 0), 3).empty());
  index.append(axis(4, 0));
  index.clear();
  CHECK(index.size() == 0);
  CHECK(index.search(axis(4, 0), 3).empty());
  index.append(axis(4, 1));
  CHECK(index.search(axis(4, 1), std::numeric_limits<std::size_t>::max()).size() == 1);
}

TEST_CASE("a zero vector scores 0 with everything", "[index]") {
  FlatIndex index(4);
  index.append(Vector(4, 0.0F));
  index.append(axis(4, 0));
  CHECK(index.search(axis(4, 0), 2)[1].score == 0.0F);
  CHECK(index.search(Vector(4, 0.0F), 2)[0].score == 0.0F);
}

TEST_CASE("a flat index refuses dimensions, vectors and k that it cannot serve", "[index]") {
  CHECK(code_of([] { FlatIndex index(0); }) == ErrorCode::kInvalidArgument);
  CHECK(code_of([] { FlatIndex index(4097); }) == ErrorCode::kInvalidArgument);
  FlatIndex index(4), other(5);
  CHECK(code_of([&] { index.append(axis(5, 0)); }) == ErrorCode::kDimensionMismatch);
  CHECK(code_of([&] { index.append(other); }) == ErrorCode::kDimensionMismatch);
  const FlatIndex finer(4, mayfly::index::Precision::kInt10);
  CHECK(code_of([&] { index.append(finer); }) == ErrorCode::kInvalidArgument);
  CHECK(code_of([&] { index.search(axis(3, 0), 1); }) == ErrorCode::kDimensionMismatch);
  CHECK(code_of([&] { index.search(axis(4, 0), 0); }) == ErrorCode::kInvalidArgument);
  CHECK(code_of([&] { index.append(axis(4, 0, 1.1F)); }) == ErrorCode::kInvalidArgument);
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    CHECK(code_of([&] { index.append(axis(4, 0, bad)); }) == ErrorCode::kInvalidArgument);
    CHECK(code_of([&] { index.search(axis(4, 0, bad), 1); }) == ErrorCode::kInvalidArgument);
  }
  CHECK(index.size() == 0);
}
