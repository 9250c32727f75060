// SPDX-License-Identifier: Apache-2.0
#include "engine/document_vectors.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <optional>
#include <random>
#include <vector>

#include "unit/engine/thrown_code.h"
#include "unit/index/random_vectors.h"

namespace mayfly::engine {
namespace {

using testing::random_unit_vector;
using testing::thrown_code;
using testing::Vector;
using Rows = std::vector<std::size_t>;

constexpr std::size_t kDim = 8;
constexpr float kRounding = 0.02f;  // of int8 rows, at most

// What DocumentVectors is, in plain floats: the passages of each row.
struct PlainDocuments {
  std::vector<std::vector<Vector>> rows;
  std::vector<bool> complete;

  std::size_t pending() const {
    return static_cast<std::size_t>(std::count(complete.begin(), complete.end(), false));
  }
  std::size_t passages() const {
    std::size_t count = 0;
    for (const auto& row : rows) count += row.size();
    return count;
  }
  float score(const Vector& query, std::size_t row, std::size_t passage) const {
    float sum = 0;
    for (std::size_t i = 0; i < kDim; ++i) sum += query[i] * rows[row][passage][i];
    return sum;
  }
  std::optional<float> best(const Vector& query, std::size_t row) const {
    std::optional<float> best;
    for (std::size_t i = 0; i < rows[row].size(); ++i) {
      best = std::max(best.value_or(-2.0f), score(query, row, i));
    }
    return best;
  }
};

Vector flat(const std::vector<Vector>& passages) {
  Vector all;
  for (const Vector& passage : passages) all.insert(all.end(), passage.begin(), passage.end());
  return all;
}

// The k best of the rows that `in` has, up to rounding.
template <typename In>
void require_best(const std::vector<index::RowHit>& hits, const PlainDocuments& plain,
                  const Vector& query, std::size_t k, In&& in) {
  std::vector<float> expected;
  for (std::size_t row = 0; row < plain.rows.size(); ++row) {
    if (const auto best = plain.best(query, row); best && in(row)) expected.push_back(*best);
  }
  std::sort(expected.rbegin(), expected.rend());
  REQUIRE(hits.size() == std::min(k, expected.size()));
  std::vector<bool> seen(plain.rows.size());
  for (std::size_t i = 0; i < hits.size(); ++i) {
    REQUIRE(hits[i].row < plain.rows.size());
    REQUIRE(in(hits[i].row));
    REQUIRE_FALSE(seen[hits[i].row]);
    seen[hits[i].row] = true;
    const auto best = plain.best(query, hits[i].row);
    REQUIRE(best.has_value());
    REQUIRE(hits[i].score == Approx(*best).margin(kRounding));
    REQUIRE(hits[i].score == Approx(expected[i]).margin(kRounding));
    if (i > 0) REQUIRE(hits[i].score <= hits[i - 1].score);
  }
}

void require_same(const DocumentVectors& vectors, const PlainDocuments& plain,
                  std::mt19937& random) {
  REQUIRE(vectors.size() == plain.rows.size());
  REQUIRE(vectors.pending_count() == plain.pending());
  REQUIRE(vectors.passage_count() == plain.passages());
  for (std::size_t row = 0; row < plain.rows.size(); ++row) {
    REQUIRE(vectors.is_pending(row) == !plain.complete[row]);
    REQUIRE(vectors.has_vectors(row) == !plain.rows[row].empty());
  }
  const Vector query = random_unit_vector(random, kDim);
  const std::size_t k = 1 + random() % 12;
  require_best(vectors.search(query, k), plain, query, k, [](std::size_t) { return true; });
  RowSet some(plain.rows.size());
  std::vector<std::uint32_t> numbers;
  for (std::size_t row = 0; row < plain.rows.size(); ++row) {
    if (random() % 3 != 0) continue;
    some.insert(row);
    numbers.push_back(static_cast<std::uint32_t>(row));
  }
  const auto in_some = [&](std::size_t row) { return some.contains(row); };
  require_best(vectors.search(query, k, some), plain, query, k, in_some);
  require_best(vectors.score(query, numbers), plain, query, numbers.size(), in_some);
  std::vector<std::vector<float>> expected(plain.rows.size()), found(plain.rows.size());
  for (const std::uint32_t row : numbers) {
    for (std::size_t i = 0; i < plain.rows[row].size(); ++i) {
      expected[row].push_back(plain.score(query, row, i));
    }
    std::sort(expected[row].rbegin(), expected[row].rend());
  }
  for (const auto& hit : vectors.score_passages(query, numbers)) {
    found[hit.row].push_back(hit.score);
  }
  for (std::size_t row = 0; row < found.size(); ++row) {
    REQUIRE(found[row].size() == expected[row].size());
    for (std::size_t i = 0; i < found[row].size(); ++i) {
      REQUIRE(found[row][i] == Approx(expected[row][i]).margin(kRounding));
    }
  }
  for (const std::uint32_t row : numbers) {
    if (plain.rows[row].empty()) continue;
    const auto best = vectors.best_passage(query, row);
    REQUIRE(best.place < plain.rows[row].size());
    REQUIRE(best.score == Approx(plain.score(query, row, best.place)).margin(kRounding));
    REQUIRE(best.score == Approx(*plain.best(query, row)).margin(kRounding));
  }
}

Rows rows_of(const std::vector<index::RowHit>& hits) {
  Rows rows;
  for (const auto& hit : hits) rows.push_back(hit.row);
  return rows;
}

const Vector kX{1, 0}, kY{0, 1};

}  // namespace

TEST_CASE("after random changes a document has the score of its best passage", "[engine]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  DocumentVectors vectors(kDim);
  PlainDocuments plain;
  std::uint64_t insertion = 0;
  for (int step = 0; step < 2500; ++step) {
    const auto action = random() % 10;
    if (plain.rows.empty() || action < 3) {
      const std::size_t count = 1 + random() % 3;
      vectors.append_pending(count);
      plain.rows.resize(plain.rows.size() + count);
      plain.complete.resize(plain.rows.size());
      continue;
    }
    const std::size_t row = random() % plain.rows.size();
    if (action < 7) {
      std::vector<Vector> passages(1 + random() % 5);
      for (Vector& passage : passages) passage = random_unit_vector(random, kDim);
      const bool complete = random() % 3 != 0;
      vectors.set(row, flat(passages), ++insertion, complete);
      plain.rows[row] = passages;
      plain.complete[row] = complete;
    } else if (action == 7) {
      vectors.make_pending(row);
      plain.rows[row].clear();
      plain.complete[row] = false;
    } else {
      vectors.remove(row);
      plain.rows[row] = plain.rows.back();
      plain.rows.pop_back();
      plain.complete[row] = plain.complete.back();
      plain.complete.pop_back();
    }
    if (step % 7 == 0) require_same(vectors, plain, random);
  }
  require_same(vectors, plain, random);
  while (vectors.size() > 0) vectors.remove(random() % vectors.size());
  CHECK(vectors.passage_count() == 0);
  CHECK(vectors.pending_count() == 0);
}

TEST_CASE("one document of many good passages does not crowd out the others", "[engine]") {
  DocumentVectors vectors(2);
  Vector many;
  for (int i = 0; i < 500; ++i) many.insert(many.end(), kX.begin(), kX.end());
  vectors.append(many);
  vectors.append(Vector{0.8f, 0.6f});
  vectors.append(kY);
  CHECK(rows_of(vectors.search(kX, 2)) == Rows{0, 1});
  CHECK(rows_of(vectors.search(kX, std::numeric_limits<std::size_t>::max())) == Rows{0, 1, 2});
}

TEST_CASE(
    "equal documents come by insertion, however late they were embedded and however few are "
    "asked for",
    "[engine]") {
  DocumentVectors vectors(2);
  vectors.append_pending(3);
  vectors.set(2, kX, 30);
  vectors.set(0, kX, 10);
  vectors.set(1, kX, 20);
  CHECK(rows_of(vectors.search(kX, 1)) == Rows{0});
  CHECK(rows_of(vectors.search(kX, 3)) == Rows{0, 1, 2});
  vectors.set(0, kX, 10);  // again, after an update
  CHECK(rows_of(vectors.search(kX, 1)) == Rows{0});
  vectors.remove(0);  // the last moves there
  CHECK(rows_of(vectors.search(kX, 2)) == Rows{1, 0});
}

TEST_CASE("of equal passages of a document the first is its best", "[engine]") {
  DocumentVectors vectors(2);
  vectors.append(Vector{0, 1, 1, 0, 1, 0});
  CHECK(vectors.best_passage(kX, 0).place == 1);
  CHECK(vectors.best_passage(kY, 0).place == 0);
}

TEST_CASE("vectors that are refused change nothing", "[engine]") {
  DocumentVectors vectors(2);
  vectors.append(kX);
  const auto code = [&](const Vector& values) {
    return thrown_code([&] { vectors.set(0, values, 0); });
  };
  CHECK(code({}) == ErrorCode::kInvalidArgument);
  CHECK(code({0, 1, 0}) == ErrorCode::kDimensionMismatch);
  CHECK(code({0, 1, 1, 1}) == ErrorCode::kInvalidArgument);
  CHECK(code({0, 1, std::numeric_limits<float>::quiet_NaN(), 0}) == ErrorCode::kInvalidArgument);
  CHECK(thrown_code([&] { vectors.append(Vector{3, 4}); }) == ErrorCode::kInvalidArgument);
  CHECK(vectors.size() == 1);
  CHECK(vectors.passage_count() == 1);
  CHECK(vectors.best_passage(kX, 0).score == Approx(1.0).margin(0.01));
  CHECK(thrown_code([] { DocumentVectors(0); }) == ErrorCode::kInvalidArgument);
}

TEST_CASE("documents that wait are found by no search, and an empty set finds none", "[engine]") {
  DocumentVectors vectors(2);
  CHECK(vectors.search(kX, 5).empty());
  vectors.append_pending(4);
  CHECK(vectors.search(kX, 5).empty());
  const std::vector<std::uint32_t> all{0, 1, 2, 3};
  CHECK(vectors.score(kX, all).empty());
  CHECK(vectors.score(kX, {}).empty());
  vectors.set(2, kX, 1);
  CHECK(rows_of(vectors.search(kX, 5)) == Rows{2});
  CHECK(vectors.search(kX, 5, RowSet(4)).empty());
  vectors.clear();
  CHECK(vectors.size() == 0);
  CHECK(vectors.pending_count() == 0);
  CHECK(vectors.search(kX, 5).empty());
}

}  // namespace mayfly::engine
