// SPDX-License-Identifier: Apache-2.0
#include "base/zeroing_allocator.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <limits>
#include <numeric>

#include "unit/base/block_recorder.h"

using mayfly::SecureVector;
using mayfly::ZeroingAllocator;
using mayfly::testing::BlockRecorder;

TEST_CASE("the block recorder sees a block that is freed dirty", "[base]") {
  BlockRecorder recorder;
  constexpr std::align_val_t kAlignment{64};
  char* block = static_cast<char*>(::operator new(100, kAlignment));
  std::memset(block, 0, 100);
  std::memcpy(block + 90, "secret", 6);
  CHECK(recorder.live() == 1);
  CHECK(recorder.holds("secret"));
  ::operator delete(block, kAlignment);
  CHECK(recorder.live() == 0);
  CHECK(recorder.freed() == 1);
  CHECK(recorder.freed_dirty() == 1);
}

TEST_CASE("a secure vector's memory is zero when it is freed", "[base]") {
  BlockRecorder recorder;
  {
    SecureVector<float> vector(1000);
    std::iota(vector.begin(), vector.end(), 1.0F);
    CHECK(recorder.live() == 1);
  }
  CHECK(recorder.live() == 0);
  CHECK(recorder.freed() == 1);
  CHECK(recorder.freed_dirty() == 0);
}

TEST_CASE("growth of a secure vector zeroes each block that it leaves", "[base]") {
  BlockRecorder recorder;
  SecureVector<char> vector;
  for (int i = 0; i < 5000; ++i) vector.push_back('x');
  CHECK(recorder.freed() > 5);
  CHECK(recorder.freed_dirty() == 0);
}

TEST_CASE("elements that were erased before are zeroed with the whole block", "[base]") {
  BlockRecorder recorder;
  {
    SecureVector<std::int32_t> vector(100, -1);
    vector.clear();
  }
  CHECK(recorder.freed() == 1);
  CHECK(recorder.freed_dirty() == 0);
}

TEST_CASE("secure memory begins at a multiple of 64 bytes", "[base]") {
  for (std::size_t size : {1U, 63U, 64U, 65U, 4097U}) {
    const SecureVector<char> vector(size);
    CHECK(reinterpret_cast<std::uintptr_t>(vector.data()) % 64 == 0);
  }
}

TEST_CASE("a size beyond the address space is std::bad_alloc, not a small block", "[base]") {
  constexpr std::size_t kTooMany = std::numeric_limits<std::size_t>::max() / 8 + 1;
  CHECK_THROWS_AS(ZeroingAllocator<double>().allocate(kTooMany), std::bad_alloc);
}
