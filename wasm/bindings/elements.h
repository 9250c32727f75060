// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "bindings/buffer.h"

namespace mayfly::bindings {

// Whole elements in little-endian order, as typed arrays hold them. The allocator aligns buffers.
template <typename T>
std::span<const T> elements(Buffer& buffer) {
  const std::span<char> bytes = buffer.bytes();
  return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
}

}  // namespace mayfly::bindings
