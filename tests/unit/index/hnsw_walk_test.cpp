// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <random>

#include "index/flat_index.h"
#include "index/hnsw_index.h"
#include "unit/index/graph_defect.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {
namespace {

using testing::Vector;

constexpr std::size_t kDim = 16;

// A graph and a flat index to which the same happens.
class Walk {
 public:
  explicit Walk(unsigned seed) : random_(seed), hnsw_(kDim, {6, 30, seed}) {}

  void insert() {
    const Vector vector = testing::random_unit_vector(random_, kDim);
    hnsw_.append(vector);
    flat_.append(vector);
  }
  void remove() {
    const std::size_t row = random_() % flat_.size();
    hnsw_.remove(row);
    flat_.remove(row);
  }
  void update() {
    const std::size_t row = random_() % flat_.size();
    FlatIndex one(kDim);
    const Vector vector = testing::random_unit_vector(random_, kDim);
    one.append(vector);
    hnsw_.replace(row, vector);
    flat_.replace(row, one, 0);
  }
  void search() {
    const Vector query = testing::random_unit_vector(random_, kDim);
    const auto expected = flat_.search(query, 5), found = hnsw_.search(query, 5, 50);
    REQUIRE(found.size() == expected.size());
    recall_ += testing::recall(found, expected);
    ++searches_;
  }
  // An operation of the phase: growing, staying or shrinking.
  void step(int phase) {
    const unsigned insertions = phase == 0 ? 50 : phase == 1 ? 30 : 10;
    const auto choice = random_() % 100;
    if (choice < insertions || flat_.size() == 0) {
      insert();
    } else if (choice < 60) {
      remove();
    } else if (choice < 80) {
      update();
    } else {
      search();
    }
  }
  void check() const {
    REQUIRE(hnsw_.size() == flat_.size());
    REQUIRE(hnsw_.graph().size() == flat_.size());
    REQUIRE(testing::graph_defect(hnsw_.graph()) == "");
  }
  double mean_recall() const { return recall_ / searches_; }

 private:
  std::mt19937 random_;
  FlatIndex flat_{kDim};
  HnswIndex hnsw_;
  double recall_ = 0, searches_ = 0;
};

}  // namespace

TEST_CASE("100,000 random insertions, removals, updates and searches leave a whole graph",
          "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  Walk walk(seed);
  for (int i = 0; i < 100'000; ++i) {
    walk.step(i / 1000 % 3);  // up to about 400 rows and down again
    if (i % 100 == 0) walk.check();
  }
  walk.check();
  CHECK(walk.mean_recall() > 0.97);
}

}  // namespace mayfly::index
