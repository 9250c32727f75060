// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>
#include <utility>

#include "base/zeroing_allocator.h"

namespace mayfly::bindings {

// Bytes on the way in: JavaScript allocates one, writes through view() and passes it on. Zeroed
// when deleted.
class Buffer {
 public:
  explicit Buffer(std::size_t byte_count) : bytes_(byte_count) {}
  std::span<char> bytes() { return bytes_; }
  SecureVector<char> take() { return std::exchange(bytes_, {}); }

 private:
  SecureVector<char> bytes_;
};

}  // namespace mayfly::bindings
