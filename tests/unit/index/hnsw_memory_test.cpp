// SPDX-License-Identifier: Apache-2.0
// What a graph forgets is gone from memory: checked on every block that it ever held.
#include <catch2/catch.hpp>
#include <random>

#include "index/hnsw_index.h"
#include "unit/base/block_recorder.h"
#include "unit/index/random_vectors.h"

namespace mayfly::index {

TEST_CASE("a vector that is removed from a graph or replaced is overwritten at once", "[index]") {
  testing::BlockRecorder recorder;
  HnswIndex index(64);
  // Quantized to 127 127 127 0 0 ... and 0 0 ... 127.
  testing::Vector first(64, 0.0F), second(64, 0.0F);
  first[0] = first[1] = first[2] = 0.57735F;
  second[63] = 1.0F;
  index.append(first);
  index.append(second);
  CHECK(recorder.holds("\x7F\x7F\x7F"));
  index.remove(0);
  CHECK_FALSE(recorder.holds("\x7F\x7F\x7F"));
  CHECK(recorder.holds("\x7F"));
  index.update(0, first);
  CHECK(recorder.holds("\x7F\x7F\x7F"));
  index.update(0, second);
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
    index.update(3, testing::random_unit_vector(random, 32));
    CHECK(index.search(testing::random_unit_vector(random, 32), 5, 20).size() == 5);
  }
  CHECK(recorder.live() == 0);
  CHECK(recorder.freed() > 100);
  CHECK(recorder.freed_dirty() == 0);
}

}  // namespace mayfly::index
