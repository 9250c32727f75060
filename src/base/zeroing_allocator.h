// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstring>
#include <new>
#include <vector>

namespace mayfly {

// Overwrites memory in a way that the optimiser must keep although nothing reads it afterwards.
inline void zero_memory(void* data, std::size_t byte_count) noexcept {
  std::memset(data, 0, byte_count);
  asm volatile("" : : "r"(data) : "memory");
}

// A standard allocator, aligned to 64 bytes (a cache line, and wider than any SIMD load), which
// zeroes each block before it gives it back. Everything that holds visitors' text or vectors uses
// it, growth of a vector included: the old block is zeroed too.
template <typename T>
class ZeroingAllocator {
 public:
  using value_type = T;
  static constexpr std::align_val_t kAlignment{64};

  ZeroingAllocator() noexcept = default;
  template <typename U>
  ZeroingAllocator(const ZeroingAllocator<U>&) noexcept {}

  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) throw std::bad_alloc();
    return static_cast<T*>(::operator new(count * sizeof(T), kAlignment));
  }
  void deallocate(T* data, std::size_t count) noexcept {
    zero_memory(data, count * sizeof(T));
    ::operator delete(data, kAlignment);
  }
  template <typename U>
  bool operator==(const ZeroingAllocator<U>&) const noexcept {
    return true;
  }
};

// A vector whose memory is 64-byte aligned and zeroed when freed.
template <typename T>
using SecureVector = std::vector<T, ZeroingAllocator<T>>;

}  // namespace mayfly
