// SPDX-License-Identifier: Apache-2.0
// What an index forgets is gone from memory: checked on every block that it ever held.
#include <catch2/catch.hpp>
#include <random>

#include "index/flat_index.h"
#include "index/hnsw_index.h"
#include "unit/base/block_recorder.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {

namespace {

// Quantized to 127 127 127 0 0 ... and 0 0 ... 127.
struct TwoVectors {
  testing::Vector first = testing::Vector(64, 0.0F), second = first;
  TwoVectors() {
    first[0] = first[1] = first[2] = 0.57735F;
    second[63] = 1.0F;
  }
};

}  // namespace

TEMPLATE_TEST_CASE("a removed vector is overwritten at once", "[index]", FlatIndex, HnswIndex) {
  testing::BlockRecorder recorder;
  TestType index(64);
  const TwoVectors vectors;
  index.append(vectors.first);
  index.append(vectors.second);
  CHECK(recorder.holds("\x7F\x7F\x7F"));
  index.remove(0);
  CHECK_FALSE(recorder.holds("\x7F\x7F\x7F"));
  CHECK(recorder.holds("\x7F"));
  index.remove(0);
  CHECK_FALSE(recorder.holds("\x7F"));
}

TEST_CASE("a vector that is replaced in a graph is overwritten at once", "[index]") {
  testing::BlockRecorder recorder;
  HnswIndex index(64);
  const TwoVectors vectors;
  index.append(vectors.second);
  index.replace(0, vectors.first);
  CHECK(recorder.holds("\x7F\x7F\x7F"));
  index.replace(0, vectors.second);
  CHECK_FALSE(recorder.holds("\x7F\x7F\x7F"));
  index.remove(0);
  CHECK_FALSE(recorder.holds("\x7F"));
}

TEST_CASE("every block of a graph is zero when it is freed", "[index]") {
  std::mt19937 random(1);
  testing::BlockRecorder recorder;
  {
    HnswIndex index(32);
    for (int i = 0; i < 1500; ++i) index.append(testing::random_unit_vector(random, 32));
    for (int i = 0; i < 1200; ++i) index.remove(random() % index.size());
    index.replace(3, testing::random_unit_vector(random, 32));
    CHECK(index.search(testing::random_unit_vector(random, 32), 5, 20).size() == 5);
  }
  CHECK(recorder.live() == 0);
  CHECK(recorder.freed() > 100);
  CHECK(recorder.freed_dirty() == 0);
}

}  // namespace mayfly::index
