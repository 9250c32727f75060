// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>

namespace mayfly::testing {

// While it lives, watches every aligned block that the program gets and gives back: exactly the
// memory of ZeroingAllocator. One at a time. The global operators that feed it are replaced in
// block_recorder_test.cpp.
class BlockRecorder {
 public:
  BlockRecorder();
  ~BlockRecorder();
  BlockRecorder(const BlockRecorder&) = delete;
  BlockRecorder& operator=(const BlockRecorder&) = delete;

  // Of the blocks that were allocated since the recorder began:
  std::size_t live() const;                  // not given back yet
  std::size_t freed() const;                 // given back
  std::size_t freed_dirty() const;           // given back with a byte other than zero
  bool holds(std::string_view bytes) const;  // one of the live blocks contains these bytes
};

}  // namespace mayfly::testing
