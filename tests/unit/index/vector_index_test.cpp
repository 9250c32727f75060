// SPDX-License-Identifier: Apache-2.0
// What every index promises (vector_index.h), with the flat index as the measure.
#include "index/vector_index.h"

#include <catch2/catch.hpp>
#include <limits>
#include <random>

#include "index/flat_index.h"
#include "index/index_kind.h"
#include "unit/base/block_recorder.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {
namespace {

using testing::code_of;
using testing::Vector;

// The flat index and another to which the same happens.
struct Pair {
  Pair(IndexKind kind, std::size_t dim, Precision precision = Precision::kInt8,
       Metric metric = Metric::kUnitCosine)
      : flat(dim, precision, metric), other(make_index(kind, dim, precision, metric)) {}
  void append(const Vector& vector) {
    flat.append(vector);
    other->append(vector);
  }
  void remove(std::size_t row) {
    flat.remove(row);
    other->remove(row);
  }
  void replace(std::size_t row, const Vector& vector) {
    flat.replace(row, vector);
    other->replace(row, vector);
  }
  FlatIndex flat;
  std::unique_ptr<VectorIndex> other;
};

// Every hit of `found` has the score that the flat index gives its row.
bool scores_agree(const FlatIndex& flat, const Vector& query, const std::vector<RowHit>& found) {
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto row = static_cast<std::uint32_t>(found[i].row);
    if (flat.score(query, std::span(&row, 1))[0].score != found[i].score) return false;
    if (i > 0 && found[i].score > found[i - 1].score) return false;
  }
  return true;
}

std::vector<RowHit> best_in(const FlatIndex& flat, const Vector& query, std::size_t k,
                            const RowSet& set) {
  std::vector<RowHit> expected;
  for (const RowHit& hit : flat.search(query, flat.size())) {
    if (set.contains(hit.row) && expected.size() < k) expected.push_back(hit);
  }
  return expected;
}

}  // namespace

TEST_CASE("every kind of index finds what the flat index finds, through all changes", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  for (const IndexKindInfo& kind : all_index_kinds()) {
    CAPTURE(std::string(kind.name));
    std::mt19937 random(seed);
    testing::ClusteredVectors vectors(random, 72, 25);
    Pair pair(kind.kind, 72);
    double found = 0, searches = 0;
    // Up past where indexes are trained, twice, down again, and up once more.
    for (int step = 0; step < 9000; ++step) {
      const auto choice = random() % 10;
      const std::size_t row = pair.flat.size() > 0 ? random() % pair.flat.size() : 0;
      const bool growing = step < 5000 || step > 7000;
      if (pair.flat.size() == 0 || choice < (growing ? 8U : 1U)) {
        pair.append(vectors.draw());
      } else if (choice < 9) {
        pair.remove(row);
      } else {
        pair.replace(row, vectors.draw());
      }
      REQUIRE(pair.other->size() == pair.flat.size());
      if (step % 90 != 0) continue;
      const Vector query = vectors.draw();
      const auto expected = pair.flat.search(query, 10), hits = pair.other->search(query, 10);
      REQUIRE(hits.size() == expected.size());
      REQUIRE(scores_agree(pair.flat, query, hits));
      found += testing::recall(hits, expected);
      ++searches;
    }
    CHECK(found / searches >= 0.97);
  }
}

TEST_CASE("every kind of index finds by every metric that it takes", "[index]") {
  std::mt19937 random(21);
  for (const IndexKindInfo& kind : all_index_kinds()) {
    for (const Metric metric : {Metric::kCosine, Metric::kDot, Metric::kEuclidean}) {
      if (kind.kind == IndexKind::kBinary && metric != Metric::kCosine) continue;
      for (const Precision precision : {Precision::kInt8, Precision::kFloat32}) {
        CAPTURE(std::string(kind.name), static_cast<int>(metric));
        testing::ClusteredVectors clusters(random, 40, 15);
        const auto draw = [&] {
          Vector vector = clusters.draw();
          const auto length = std::uniform_real_distribution<float>(15.0F, 25.0F)(random);
          for (float& value : vector) value *= length;
          return vector;
        };
        Pair pair(kind.kind, 40, precision, metric);
        for (int i = 0; i < 2200; ++i) pair.append(draw());
        double found = 0;
        for (int i = 0; i < 30; ++i) {
          const Vector query = draw();
          const auto expected = pair.flat.search(query, 10), hits = pair.other->search(query, 10);
          REQUIRE(hits.size() == 10);
          REQUIRE(scores_agree(pair.flat, query, hits));
          found += testing::recall(hits, expected) / 30;
        }
        CHECK(found >= 0.93);
      }
    }
  }
}

TEST_CASE("a filtered search of every index is exact on small sets and fills its result",
          "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (const IndexKindInfo& kind : all_index_kinds()) {
    testing::ClusteredVectors vectors(random, 48, 20);
    Pair pair(kind.kind, 48);
    for (int i = 0; i < 2500; ++i) pair.append(vectors.draw());
    for (const std::size_t size : {0U, 1U, 9U, 200U, 1200U, 2500U}) {
      CAPTURE(std::string(kind.name), size);
      RowSet set(2500);
      while (set.count() < size) set.insert(random() % 2500);
      double found = 0;
      for (int i = 0; i < 10; ++i) {
        const Vector query = vectors.draw();
        const auto expected = best_in(pair.flat, query, 10, set);
        const auto hits = pair.other->search(query, 10, set);
        REQUIRE(hits.size() == expected.size());
        for (const RowHit& hit : hits) REQUIRE(set.contains(hit.row));
        REQUIRE(scores_agree(pair.flat, query, hits));
        if (size <= 200) REQUIRE(testing::same_hits(hits, expected));
        found += testing::recall(hits, expected) / 10;
      }
      CHECK(found >= 0.93);
    }
  }
}

TEST_CASE("every index refuses what a flat one refuses, and nothing has changed", "[index]") {
  for (const IndexKindInfo& kind : all_index_kinds()) {
    CAPTURE(std::string(kind.name));
    CHECK(code_of([&] { make_index(kind.kind, 4097); }) == ErrorCode::kInvalidArgument);
    const auto index = make_index(kind.kind, 4);
    const Vector sound{1, 0, 0, 0}, longer{1.1F, 0, 0, 0}, other{1, 0, 0, 0, 0};
    const Vector nan{std::numeric_limits<float>::quiet_NaN(), 0, 0, 0};
    for (int i = 0; i < 1300; ++i) index->append(sound);
    RowSet set(1300);
    set.insert(3);
    for (const Vector& bad : {longer, nan}) {
      CHECK(code_of([&] { index->append(bad); }) == ErrorCode::kInvalidArgument);
      CHECK(code_of([&] { index->replace(0, bad); }) == ErrorCode::kInvalidArgument);
      CHECK(code_of([&] { index->search(bad, 1); }) == ErrorCode::kInvalidArgument);
      CHECK(code_of([&] { index->search(bad, 1, set); }) == ErrorCode::kInvalidArgument);
    }
    CHECK(code_of([&] { index->append(other); }) == ErrorCode::kDimensionMismatch);
    CHECK(code_of([&] { index->replace(0, other); }) == ErrorCode::kDimensionMismatch);
    CHECK(code_of([&] { index->search(other, 1); }) == ErrorCode::kDimensionMismatch);
    CHECK(code_of([&] { index->search(sound, 0); }) == ErrorCode::kInvalidArgument);
    CHECK(code_of([&] { index->search(sound, 0, set); }) == ErrorCode::kInvalidArgument);
    REQUIRE(index->size() == 1300);
    CHECK(index->search(sound, 1, set)[0].row == 3);
    // Equal rows, all of them, in order of insertion.
    const auto hits = index->search(sound, 2000);
    REQUIRE(hits.size() == 1300);
    for (std::size_t i = 0; i < 1300; ++i) REQUIRE(hits[i].row == i);
  }
  CHECK(code_of([] { index_kind("annoy"); }) == ErrorCode::kInvalidArgument);
  CHECK(index_kind("ivf") == IndexKind::kIvf);
  CHECK(name_of(IndexKind::kTwoStage) == "two-stage");
}

TEST_CASE("every index zeroes what it forgets, and can be filled again once cleared", "[index]") {
  std::mt19937 random(1);
  for (const IndexKindInfo& kind : all_index_kinds()) {
    CAPTURE(std::string(kind.name));
    testing::BlockRecorder recorder;
    {
      const auto index = make_index(kind.kind, 64);
      Vector marked(64, 0.0F), other(64, 0.0F);
      marked[0] = marked[1] = marked[2] = 0.57735F;  // 127 127 127 when quantized
      other[63] = 1.0F;
      index->append(marked);
      index->append(other);
      CHECK(recorder.holds("\x7F\x7F\x7F"));
      index->remove(0);
      CHECK_FALSE(recorder.holds("\x7F\x7F\x7F"));
      for (int i = 0; i < 2500; ++i) index->append(testing::random_unit_vector(random, 64));
      for (int i = 0; i < 1500; ++i) index->remove(random() % index->size());
      const std::size_t before = index->byte_count();
      CHECK(before >= index->size() * index->row_bytes());
      index->clear();
      CHECK(index->size() == 0);
      CHECK(index->byte_count() < before / 10);
      CHECK(index->search(other, 3).empty());
      index->append(other);
      CHECK(index->search(other, 3).size() == 1);
    }
    CHECK(recorder.live() == 0);
    CHECK(recorder.freed_dirty() == 0);
  }
}

}  // namespace mayfly::index
