// SPDX-License-Identifier: Apache-2.0
#include "index/product_codebook.h"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "base/error.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {

using testing::Vector;

TEST_CASE("up to 256 different vectors are coded without loss, part by part", "[index]") {
  std::mt19937 random(2);
  const std::size_t dim = 11, parts = 3;  // parts of 3, 4 and 4
  std::vector<float> vectors;
  for (int i = 0; i < 200; ++i) {
    const Vector vector = testing::random_unit_vector(random, dim);
    vectors.insert(vectors.end(), vector.begin(), vector.end());
  }
  ProductCodebook codebook(dim, parts);
  CHECK_FALSE(codebook.fitted());
  codebook.fit(vectors);
  const Vector query = testing::random_unit_vector(random, dim);
  std::vector<float> products(parts * 256), distances(parts * 256);
  codebook.fill_table(query, false, products);
  codebook.fill_table(query, true, distances);
  for (std::size_t row = 0; row < 200; ++row) {
    const std::span<const float> vector(vectors.data() + row * dim, dim);
    std::uint8_t codes[parts];
    codebook.encode(vector, codes);
    double dot = 0, squares = 0;
    for (std::size_t i = 0; i < dim; ++i) {
      dot += double{vector[i]} * query[i];
      squares += double{vector[i]} * vector[i];
    }
    REQUIRE(sum_of_codes(codes, products) == Approx(dot).margin(1e-5));
    REQUIRE(sum_of_codes(codes, distances) == Approx(dot - squares / 2).margin(1e-5));
  }
}

TEST_CASE("a vector's code is the nearest centre of each part", "[index]") {
  std::mt19937 random(4);
  const std::size_t dim = 16, parts = 4;
  std::vector<float> vectors;
  for (int i = 0; i < 2000; ++i) {
    const Vector vector = testing::random_unit_vector(random, dim);
    vectors.insert(vectors.end(), vector.begin(), vector.end());
  }
  ProductCodebook codebook(dim, parts);
  codebook.fit(vectors);
  // -|x - c|^2 / 2 + |x|^2 / 2, by part: the table of a vector as query says which is nearest.
  for (int i = 0; i < 50; ++i) {
    const Vector vector = testing::random_unit_vector(random, dim);
    std::vector<float> table(parts * 256);
    codebook.fill_table(vector, true, table);
    std::uint8_t codes[parts];
    codebook.encode(vector, codes);
    double lost = 0, length = 0;
    for (std::size_t part = 0; part < parts; ++part) {
      for (std::size_t c = 0; c < 256; ++c) {
        REQUIRE(table[part * 256 + c] <= table[part * 256 + codes[part]]);
      }
      lost -= 2 * table[part * 256 + codes[part]];
    }
    for (const float value : vector) length += double{value} * value;
    // 256 centres in 4 dimensions leave little of the length.
    CHECK(lost + length < 0.25);
  }
  CHECK(testing::code_of([] { ProductCodebook(4, 5); }) == ErrorCode::kInvalidArgument);
  CHECK(testing::code_of([] { ProductCodebook(4, 0); }) == ErrorCode::kInvalidArgument);
}

}  // namespace mayfly::index
