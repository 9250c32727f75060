// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::lexical {

// Many short byte strings that grow, in one piece of memory: a vector each would cost 64 bytes and
// more for the words, the majority, that occur in one document. Strings have room for 8, 16, 32,
// ... bytes; room that is given up is zeroed and used again for a string of its size.
class BytePool {
 public:
  struct String {
    std::uint32_t offset = 0;
    std::uint32_t byte_count = 0;
    std::uint8_t size_class = 0;  // room for 4 << size_class bytes; 0: none
  };

  // Valid until the next append or splice to any string.
  std::span<const std::uint8_t> bytes(const String& string) const {
    return {bytes_.data() + string.offset, string.byte_count};
  }
  // `added` lies outside the pool, here and below. Error(kOutOfMemory) beyond 4 GB in all.
  void append(String& string, std::span<const std::uint8_t> added);
  // `added` takes the place of the bytes begin..end. Costs what lies behind them.
  void splice(String& string, std::size_t begin, std::size_t end,
              std::span<const std::uint8_t> added);
  void release(String& string);

  std::size_t byte_count() const { return bytes_.capacity(); }

 private:
  static constexpr std::size_t kClasses = 30;
  static std::size_t room(std::size_t size_class) {
    return size_class == 0 ? 0 : std::size_t{4} << size_class;
  }
  void make_room(String& string, std::size_t byte_count);
  std::uint32_t allocate(std::size_t size_class);

  SecureVector<std::uint8_t> bytes_;
  std::array<std::vector<std::uint32_t>, kClasses> free_;  // offsets by size class
};

}  // namespace mayfly::lexical
