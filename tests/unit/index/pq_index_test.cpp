// SPDX-License-Identifier: Apache-2.0
#include "index/pq_index.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "index/flat_index.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {

using testing::code_of;
using testing::Vector;

TEST_CASE("codes alone take an eighth of the memory and find nearly as much", "[index]") {
  std::mt19937 random(5);
  testing::ClusteredVectors vectors(random, 128, 30);
  PqOptions options;
  options.rescore = false;
  options.parts = 32;
  PqIndex codes(128, options);
  FlatIndex flat(128);
  const auto append = [&](const Vector& vector) {
    codes.append(vector);
    flat.append(vector);
  };
  for (int i = 0; i < 3000; ++i) append(vectors.draw());
  for (int i = 0; i < 500; ++i) {
    const std::size_t row = random() % flat.size();
    codes.remove(row);
    flat.remove(row);
    const Vector vector = vectors.draw();
    codes.replace(i, vector);
    flat.replace(static_cast<std::size_t>(i), vector);
  }
  CHECK(codes.row_bytes() == 32 + 8);
  double error = 0, found = 0;
  for (int i = 0; i < 30; ++i) {
    const Vector query = vectors.draw();
    const auto hits = codes.search(query, 30);
    found += testing::recall(hits, flat.search(query, 10)) / 30;
    for (const RowHit& hit : hits) {
      const auto row = static_cast<std::uint32_t>(hit.row);
      error += std::fabs(hit.score - flat.score(query, std::span(&row, 1))[0].score) / 900;
    }
  }
  CHECK(found >= 0.8);
  CHECK(error < 0.05);
  RowSet set(flat.size());
  set.insert(77);
  set.insert(1999);
  CHECK(codes.search(vectors.draw(), 5, set).size() == 2);
}

TEST_CASE("more bytes of code find more, and no index takes more parts than dimensions",
          "[index]") {
  std::mt19937 random(15);
  testing::ClusteredVectors vectors(random, 96, 20);
  FlatIndex flat(96);
  PqOptions options;
  options.rescore = false;
  std::vector<PqIndex> indexes;
  for (const std::size_t parts : {4U, 16U, 96U}) {
    options.parts = parts;
    indexes.emplace_back(96, options);
  }
  for (int i = 0; i < 2000; ++i) {
    const Vector vector = vectors.draw();
    flat.append(vector);
    for (PqIndex& index : indexes) index.append(vector);
  }
  double found[3] = {};
  for (int i = 0; i < 40; ++i) {
    const Vector query = vectors.draw();
    const auto expected = flat.search(query, 10);
    for (std::size_t j = 0; j < 3; ++j) {
      found[j] += testing::recall(indexes[j].search(query, 10), expected) / 40;
    }
  }
  CHECK(found[0] < found[1]);
  CHECK(found[1] < found[2]);
  CHECK(found[2] > 0.9);
  options.parts = 97;
  CHECK(code_of([&] { PqIndex(96, options); }) == ErrorCode::kInvalidArgument);
}

}  // namespace mayfly::index
