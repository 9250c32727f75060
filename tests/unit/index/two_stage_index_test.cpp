// SPDX-License-Identifier: Apache-2.0
#include "index/two_stage_index.h"

#include <catch2/catch.hpp>
#include <random>

#include "index/flat_index.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {

using testing::code_of;
using testing::Vector;

TEST_CASE("the first dimensions of a vector trained for it are enough for a shortlist", "[index]") {
  std::mt19937 random(6);
  testing::ClusteredVectors vectors(random, 128, 30);
  // Dimensions from 32 on carry less and less, as Matryoshka training leaves them.
  const auto draw = [&] {
    Vector vector = vectors.draw();
    for (std::size_t i = 32; i < 128; ++i) vector[i] *= 0.3F;
    testing::normalise(vector);
    return vector;
  };
  TwoStageOptions options;
  options.leading = 32;
  options.by = TwoStageOptions::Leading::kFirst;
  TwoStageIndex index(128, options);
  FlatIndex flat(128);
  for (int i = 0; i < 3000; ++i) {
    const Vector vector = draw();
    index.append(vector);
    flat.append(vector);
  }
  double found = 0;
  for (int i = 0; i < 30; ++i) {
    const Vector query = draw();
    found += testing::recall(index.search(query, 10), flat.search(query, 10)) / 30;
  }
  CHECK(found >= 0.95);
  options.leading = 129;
  CHECK(code_of([&] { TwoStageIndex(128, options); }) == ErrorCode::kInvalidArgument);
}

TEST_CASE("principal axes make a few dimensions of any model enough for a shortlist", "[index]") {
  std::mt19937 random(16);
  // What matters lies in 16 directions that are no dimensions.
  std::vector<Vector> directions;
  for (int i = 0; i < 16; ++i) directions.push_back(testing::random_unit_vector(random, 128));
  std::normal_distribution<float> normal;
  const auto draw = [&] {
    Vector vector = testing::random_unit_vector(random, 128);
    for (float& value : vector) value *= 0.8F;
    for (const Vector& direction : directions) {
      const float size = normal(random);
      for (std::size_t i = 0; i < 128; ++i) vector[i] += size * direction[i];
    }
    testing::normalise(vector);
    return vector;
  };
  TwoStageOptions options;
  options.leading = 24;
  options.shortlist = 60;
  TwoStageIndex by_axes(128, options);
  options.by = TwoStageOptions::Leading::kFirst;
  TwoStageIndex by_first(128, options);
  FlatIndex flat(128);
  for (int i = 0; i < 3000; ++i) {
    const Vector vector = draw();
    by_axes.append(vector);
    by_first.append(vector);
    flat.append(vector);
  }
  double axes = 0, first = 0;
  for (int i = 0; i < 30; ++i) {
    const Vector query = draw();
    const auto expected = flat.search(query, 10);
    axes += testing::recall(by_axes.search(query, 10), expected) / 30;
    first += testing::recall(by_first.search(query, 10), expected) / 30;
  }
  CHECK(axes >= 0.95);
  CHECK(first < 0.8);
  CHECK(by_axes.row_bytes() == by_first.row_bytes());
}

}  // namespace mayfly::index
