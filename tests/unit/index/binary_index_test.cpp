// SPDX-License-Identifier: Apache-2.0
#include "index/binary_index.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <string>

#include "index/flat_index.h"
#include "index/sign_rotation.h"
#include "kernels/kernels.h"
#include "unit/base/block_recorder.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {

using testing::code_of;
using testing::Vector;

TEST_CASE("one bit per dimension and rescoring find what the flat index finds", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  testing::ClusteredVectors vectors(random, 384, 30);
  FlatIndex flat(384);
  BinaryIndex binary(384);
  for (int i = 0; i < 3000; ++i) {
    const Vector vector = vectors.draw();
    flat.append(vector);
    binary.append(vector);
  }
  double found = 0;
  for (int i = 0; i < 50; ++i) {
    const Vector query = vectors.draw();
    found += testing::recall(binary.search(query, 10), flat.search(query, 10)) / 50;
  }
  CHECK(found >= 0.98);
  CHECK(binary.byte_count() <= 470 * 3072);
}

// As vectors of static models are: most of a vector lies in a few dimensions, off the origin.
TEST_CASE("signs find the nearest where dimensions carry unequal shares", "[index]") {
  std::mt19937 random(11);
  const auto skewed = [](Vector vector) {
    for (std::size_t d = 0; d < vector.size(); ++d) {
      vector[d] = (vector[d] + 0.02F) * std::pow(0.97F, static_cast<float>(d));
    }
    testing::normalise(vector);
    return vector;
  };
  FlatIndex flat(240);
  BinaryIndex binary(240);
  for (int i = 0; i < 3000; ++i) {
    const Vector vector = skewed(testing::random_unit_vector(random, 240));
    flat.append(vector);
    binary.append(vector);
  }
  double found = 0;
  for (int i = 0; i < 50; ++i) {
    const Vector query = skewed(testing::random_unit_vector(random, 240));
    found += testing::recall(binary.search(query, 10), flat.search(query, 10)) / 50;
  }
  CAPTURE(found);
  CHECK(found >= 0.98);
}

TEST_CASE("a shortlist of all rows gives the flat index's hits after any changes", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (const std::size_t dim : {1U, 64U, 130U}) {
    FlatIndex flat(dim);
    BinaryIndex binary(dim);
    for (int step = 0; step < 2000; ++step) {
      const auto choice = random() % 10;
      const std::size_t row = flat.size() > 0 ? random() % flat.size() : 0;
      if (choice < 5 || flat.size() == 0) {
        const Vector vector = testing::random_unit_vector(random, dim);
        flat.append(vector);
        binary.append(vector);
      } else if (choice < 7) {
        flat.remove(row);
        binary.remove(row);
      } else {
        const Vector vector = testing::random_unit_vector(random, dim);
        FlatIndex one(dim);
        one.append(vector);
        flat.replace(row, one, 0);
        binary.replace(row, vector);
      }
      if (step % 100 != 0) continue;
      const Vector query = testing::random_unit_vector(random, dim);
      const auto hits = binary.search(query, 7, std::numeric_limits<std::size_t>::max());
      REQUIRE(testing::same_hits(hits, flat.search(query, 7)));
    }
  }
}

// Rows in the opposite quadrant but one: a bit of the wrong row or of the wrong place would put
// others on the shortlist.
TEST_CASE("the shortlist holds the rows whose signs differ least", "[index]") {
  std::mt19937 random(4);
  BinaryIndex index(100);
  std::vector<Vector> vectors;
  for (int i = 0; i < 1100; ++i) vectors.push_back(testing::random_unit_vector(random, 100));
  for (const Vector& vector : vectors) index.append(vector);
  for (std::size_t row = 1099; row >= 1000; --row) index.remove(row);
  index.remove(17);  // the row 999 is row 17 now
  vectors.resize(1000);
  vectors[17] = vectors[999];
  for (std::size_t row = 0; row < 999; row += 7) {
    const auto hits = index.search(vectors[row], 1, 1);
    REQUIRE(hits.size() == 1);
    REQUIRE(hits[0].row == row);
  }
}

TEST_CASE("equal rows fill a shortlist up to its length", "[index]") {
  BinaryIndex index(8);
  const Vector vector{1, 0, 0, 0, 0, 0, 0, 0};
  for (int i = 0; i < 700; ++i) index.append(vector);
  const auto hits = index.search(vector, 5, 20);
  REQUIRE(hits.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) CHECK(hits[i].row == i);
  CHECK(index.search(vector, 1000, 1).size() == 700);
  index.clear();
  CHECK(index.search(vector, 5).empty());
  index.append(vector);
  CHECK(index.search(vector, 5).size() == 1);
}

// The signs of up to 64 rows of a binary index as they lie in memory, padding included: 16 bytes
// for each bit of a row, a bit for each row.
std::string planes_of(const std::vector<Vector>& rows) {
  const SignRotation rotation(rows[0].size());
  std::vector<std::uint64_t> signs(rotation.width() / 64), planes(2 * rotation.width());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    rotation.write_signs(rows[row], signs);
    for (std::size_t bit = 0; bit < rotation.width(); ++bit) {
      planes[2 * bit] |= (signs[bit / 64] >> (bit % 64) & 1U) << row;
    }
  }
  return {reinterpret_cast<const char*>(planes.data()), 8 * planes.size()};
}

TEST_CASE("a binary index zeroes what it forgets", "[index]") {
  std::mt19937 random(1);
  testing::BlockRecorder recorder;
  {
    BinaryIndex index(64);
    const Vector first(64, 0.125F), second(64, -0.125F);  // int8 values of 127 and -127
    index.append(first);
    index.append(second);
    CHECK(recorder.holds(planes_of({first, second})));
    CHECK(recorder.holds("\x7F\x7F\x7F"));
    index.remove(0);
    CHECK_FALSE(recorder.holds(planes_of({first, second})));
    CHECK(recorder.holds(planes_of({second})));
    CHECK_FALSE(recorder.holds("\x7F\x7F\x7F"));
    for (int i = 0; i < 2000; ++i) index.append(testing::random_unit_vector(random, 64));
    for (int i = 0; i < 1500; ++i) index.remove(random() % index.size());
  }
  CHECK(recorder.live() == 0);
  CHECK(recorder.freed_dirty() == 0);
}

TEST_CASE("a binary index refuses what a flat one refuses", "[index]") {
  CHECK(code_of([] { BinaryIndex index(0); }) == ErrorCode::kInvalidArgument);
  BinaryIndex index(4);
  const Vector sound{1, 0, 0, 0}, longer{1.1F, 0, 0, 0}, other{1, 0, 0, 0, 0};
  index.append(sound);
  CHECK(code_of([&] { index.append(other); }) == ErrorCode::kDimensionMismatch);
  CHECK(code_of([&] { index.replace(0, other); }) == ErrorCode::kDimensionMismatch);
  CHECK(code_of([&] { index.append(longer); }) == ErrorCode::kInvalidArgument);
  CHECK(code_of([&] { index.search(longer, 1); }) == ErrorCode::kInvalidArgument);
  CHECK(code_of([&] { index.search(sound, 0); }) == ErrorCode::kInvalidArgument);
  CHECK(index.size() == 1);
}

}  // namespace mayfly::index
