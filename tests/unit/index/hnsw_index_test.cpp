// SPDX-License-Identifier: Apache-2.0
#include "index/hnsw_index.h"

#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <string>

#include "index/flat_index.h"
#include "kernels/kernels.h"
#include "unit/index/graph_defect.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {
namespace {

using testing::ClusteredVectors;
using testing::code_of;
using testing::graph_defect;
using testing::random_unit_vector;
using testing::recall;
using testing::same_hits;
using testing::Vector;

// Both indexes with the same rows.
struct Pair {
  explicit Pair(std::size_t dim) : flat(dim), hnsw(dim) {}
  void append(const Vector& vector) {
    flat.append(vector);
    hnsw.append(vector);
  }
  double mean_recall(std::vector<Vector> queries, std::size_t k, std::size_t ef) const {
    double sum = 0;
    for (const Vector& query : queries) {
      sum += recall(hnsw.search(query, k, ef), flat.search(query, k));
    }
    return sum / static_cast<double>(queries.size());
  }
  FlatIndex flat;
  HnswIndex hnsw;
};

template <typename Draw>
std::vector<Vector> many(std::size_t count, Draw&& draw) {
  std::vector<Vector> vectors;
  for (std::size_t i = 0; i < count; ++i) vectors.push_back(draw());
  return vectors;
}

}  // namespace

TEST_CASE("the graph finds what the flat index finds", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  Pair pair(96);
  ClusteredVectors vectors(random, 96, 20);
  for (int i = 0; i < 2000; ++i) pair.append(vectors.draw());
  const auto queries = many(100, [&] { return vectors.draw(); });
  CHECK(pair.mean_recall(queries, 10, 40) >= 0.97);
  CHECK(pair.mean_recall(queries, 10, 200) >= 0.995);
  CHECK(graph_defect(pair.hnsw.graph()).empty());
}

TEST_CASE("scores and the order of equal ones are the flat index's", "[index]") {
  std::mt19937 random(5);
  Pair pair(40);
  for (int i = 0; i < 60; ++i) {
    const Vector vector = random_unit_vector(random, 40);
    pair.append(vector);
    if (i % 3 == 0) pair.append(vector);  // equal scores
  }
  pair.flat.remove(7);
  pair.hnsw.remove(7);
  for (int i = 0; i < 20; ++i) {
    const Vector query = random_unit_vector(random, 40);
    // As many in view as there are: exact.
    CHECK(same_hits(pair.hnsw.search(query, 30, 100), pair.flat.search(query, 30)));
  }
}

TEST_CASE("hundreds of equal vectors do not break the graph", "[index]") {
  Pair pair(8);
  const Vector same{1, 0, 0, 0, 0, 0, 0, 0}, other{0, 1, 0, 0, 0, 0, 0, 0};
  for (int i = 0; i < 500; ++i) pair.append(same);
  pair.append(other);
  pair.append(Vector(8, 0.0F));
  CHECK(graph_defect(pair.hnsw.graph()).empty());
  CHECK(pair.hnsw.search(same, 10, 50)[9].score == Approx(1.0F).margin(1e-6));
  CHECK(pair.hnsw.search(other, 1, 600)[0].row == 500);
}

TEST_CASE("the graph is whole after every single insertion and every single removal", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  HnswIndex index(12, {4, 20, seed});  // few links: lists are full at once
  for (int i = 0; i < 300; ++i) {
    index.append(random_unit_vector(random, 12));
    REQUIRE(graph_defect(index.graph()) == "");
  }
  while (index.size() > 0) {
    index.remove(random() % index.size());
    REQUIRE(graph_defect(index.graph()) == "");
  }
  CHECK(index.search(Vector(12, 0.0F), 3, 10).empty());
  index.append(random_unit_vector(random, 12));
  CHECK(index.search(Vector(12, 0.0F), 3, 10).size() == 1);
}

TEST_CASE("the same seed and insertions give the same graph with every kernel variant", "[index]") {
  const std::string before(kernels::active().variant);
  std::mt19937 random(9);
  const auto vectors = many(300, [&] { return random_unit_vector(random, 50); });
  std::vector<std::vector<std::uint32_t>> expected;
  for (const auto& variant : kernels::variants()) {
    kernels::select(variant.variant);
    HnswIndex index(50);
    for (const Vector& vector : vectors) index.append(vector);
    std::vector<std::vector<std::uint32_t>> lists;
    for (std::uint32_t row = 0; row < index.size(); ++row) {
      const auto neighbours = index.graph().neighbours(row, 0);
      lists.emplace_back(neighbours.begin(), neighbours.end());
    }
    if (expected.empty()) expected = lists;
    CHECK(lists == expected);
  }
  kernels::select(before);
}

TEST_CASE("a filtered search is exact on small sets and fills its result on large ones",
          "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  Pair pair(32);
  for (int i = 0; i < 3000; ++i) pair.append(random_unit_vector(random, 32));
  for (const std::size_t size : {0U, 1U, 7U, 100U, 500U, 1500U, 2900U, 3000U}) {
    CAPTURE(size);
    RowSet set(3000);
    while (set.count() < size) set.insert(random() % 3000);
    double found = 0;
    for (int i = 0; i < 10; ++i) {
      const Vector query = random_unit_vector(random, 32);
      std::vector<RowHit> expected;
      for (const RowHit& hit : pair.flat.search(query, 3000)) {
        if (set.contains(hit.row) && expected.size() < 10) expected.push_back(hit);
      }
      const auto hits = pair.hnsw.search(query, 10, 60, set);
      REQUIRE(hits.size() == expected.size());
      for (const RowHit& hit : hits) REQUIRE(set.contains(hit.row));
      if (size <= 500) REQUIRE(same_hits(hits, expected));
      found += recall(hits, expected);
    }
    CHECK(found / 10 >= 0.9);
  }
}

TEST_CASE("a filter that passes only what is far from the query still fills the result",
          "[index]") {
  std::mt19937 random(11);
  Pair pair(24);
  RowSet far(4000);
  Vector axis(24, 0.0F);
  axis[0] = 1.0F;
  for (std::size_t i = 0; i < 4000; ++i) {
    Vector vector = random_unit_vector(random, 24);
    vector[0] = i % 2 == 0 ? 2.0F : -2.0F;  // half of all on the other side
    testing::normalise(vector);
    pair.append(vector);
    if (i % 2 == 1) far.insert(i);
  }
  const auto hits = pair.hnsw.search(axis, 10, 20, far);
  REQUIRE(hits.size() == 10);
  for (const RowHit& hit : hits) CHECK(far.contains(hit.row));
}

TEST_CASE("one row in m rises a layer, and of those one in m rises again", "[index]") {
  HnswIndex index(2, {4, 1, 1});
  std::vector<std::size_t> on_layer(16);
  for (int i = 0; i < 4000; ++i) {
    index.append(Vector{1.0F, 0.0F});
    const auto row = static_cast<std::uint32_t>(index.size() - 1);
    for (std::size_t layer = 0; layer <= index.graph().level(row); ++layer) ++on_layer[layer];
  }
  CHECK(on_layer[0] == 4000);
  CHECK(on_layer[1] == Approx(1000).margin(120));
  CHECK(on_layer[2] == Approx(250).margin(60));
  CHECK(on_layer[9] == 0);
}

TEST_CASE("an updated row is found by its new vector and no longer by its old one", "[index]") {
  std::mt19937 random(3);
  HnswIndex index(32);
  const auto vectors = many(400, [&] { return random_unit_vector(random, 32); });
  for (const Vector& vector : vectors) index.append(vector);
  for (std::size_t row = 0; row < 400; row += 7) {
    const Vector fresh = random_unit_vector(random, 32);
    index.replace(row, fresh);
    REQUIRE(graph_defect(index.graph()) == "");
    CHECK(index.search(fresh, 1, 100)[0].row == row);
    CHECK(index.search(vectors[row], 1, 100)[0].score < 0.99F);
  }
  CHECK(index.size() == 400);
}

TEST_CASE("10,000 vectors of 384 take at most 670 bytes each", "[index]") {
  std::mt19937 random(3);
  // What is allocated does not depend on how well the graph is searched while it is built.
  HnswIndex index(384, {16, 1, 1, Precision::kInt10});
  const auto vectors = many(50, [&] { return random_unit_vector(random, 384); });
  for (std::size_t i = 0; i < 10'000; ++i) index.append(vectors[i % 50]);
  CHECK(index.byte_count() <= 670 * 10'000);
  CHECK(index.byte_count() >= (384 + 128) * 10'000);
  index.clear();
  CHECK(index.byte_count() < 10'000);
}

TEST_CASE("a graph refuses options, vectors and k that it cannot serve", "[index]") {
  CHECK(code_of([] { HnswIndex index(0); }) == ErrorCode::kInvalidArgument);
  CHECK(code_of([] { HnswIndex index(4, {1, 100, 1}); }) == ErrorCode::kInvalidArgument);
  CHECK(code_of([] { HnswIndex index(4, {64, 100, 1}); }) == ErrorCode::kInvalidArgument);
  CHECK(code_of([] { HnswIndex index(4, {16, 0, 1}); }) == ErrorCode::kInvalidArgument);
  HnswIndex index(4);
  const Vector sound{1, 0, 0, 0}, longer{1.1F, 0, 0, 0}, other{1, 0, 0, 0, 0};
  const Vector nan{std::numeric_limits<float>::quiet_NaN(), 0, 0, 0};
  index.append(sound);
  CHECK(code_of([&] { index.append(other); }) == ErrorCode::kDimensionMismatch);
  CHECK(code_of([&] { index.replace(0, other); }) == ErrorCode::kDimensionMismatch);
  CHECK(code_of([&] { index.search(other, 1, 1); }) == ErrorCode::kDimensionMismatch);
  CHECK(code_of([&] { index.search(sound, 0, 1); }) == ErrorCode::kInvalidArgument);
  for (const Vector& bad : {longer, nan}) {
    CHECK(code_of([&] { index.append(bad); }) == ErrorCode::kInvalidArgument);
    CHECK(code_of([&] { index.replace(0, bad); }) == ErrorCode::kInvalidArgument);
    CHECK(code_of([&] { index.search(bad, 1, 1); }) == ErrorCode::kInvalidArgument);
  }
  CHECK(index.size() == 1);
  CHECK(index.search(sound, 1, 1)[0].row == 0);
}

}  // namespace mayfly::index
