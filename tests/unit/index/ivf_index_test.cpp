// SPDX-License-Identifier: Apache-2.0
#include "index/ivf_index.h"

#include <catch2/catch.hpp>
#include <random>

#include "index/flat_index.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {

using testing::code_of;
using testing::Vector;

TEST_CASE("a search of all cells is exact, of fewer cells the faster the less exact", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  IvfOptions options;
  options.cells = 40;
  IvfIndex index(32, options);
  FlatIndex flat(32);
  for (int i = 0; i < 3000; ++i) {
    const Vector vector = testing::random_unit_vector(random, 32);
    index.append(vector);
    flat.append(vector);
    CHECK(index.cells() == (i < 1000 ? 0U : 40U));
  }
  double few = 0, more = 0;
  for (int i = 0; i < 50; ++i) {
    const Vector query = testing::random_unit_vector(random, 32);
    const auto expected = flat.search(query, 10);
    REQUIRE(testing::same_hits(index.search(query, 10, std::size_t{40}), expected));
    few += testing::recall(index.search(query, 10, std::size_t{2}), expected) / 50;
    more += testing::recall(index.search(query, 10, std::size_t{15}), expected) / 50;
    CHECK(index.search(query, 2900, std::size_t{1}).size() == 2900);
  }
  // Of unclustered vectors two cells in forty hold a part only, more than their share.
  CHECK(few > 0.1);
  CHECK(few < 0.8);
  CHECK(more > few);
  CHECK(more > 0.7);
}

TEST_CASE("the same insertions give the same cells and hits", "[index]") {
  std::mt19937 random(17);
  IvfIndex a(32), b(32);
  for (int i = 0; i < 2500; ++i) {
    const Vector vector = testing::random_unit_vector(random, 32);
    a.append(vector);
    b.append(vector);
  }
  CHECK(a.cells() == 89);  // twice the square root of 2,000
  for (int i = 0; i < 20; ++i) {
    const Vector query = testing::random_unit_vector(random, 32);
    CHECK(testing::same_hits(a.search(query, 10), b.search(query, 10)));
  }
}

}  // namespace mayfly::index
