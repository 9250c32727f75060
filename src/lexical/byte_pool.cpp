// SPDX-License-Identifier: Apache-2.0
#include "lexical/byte_pool.h"

#include <algorithm>
#include <cstring>

#include "base/error.h"

namespace mayfly::lexical {

void BytePool::append(String& string, std::span<const std::uint8_t> added) {
  make_room(string, string.byte_count + added.size());
  std::copy(added.begin(), added.end(), bytes_.data() + string.offset + string.byte_count);
  string.byte_count += static_cast<std::uint32_t>(added.size());
}

void BytePool::splice(String& string, std::size_t begin, std::size_t end,
                      std::span<const std::uint8_t> added) {
  const std::size_t before = string.byte_count, behind = before - end;
  const std::size_t after = begin + added.size() + behind;
  make_room(string, after);
  std::uint8_t* const bytes = bytes_.data() + string.offset;
  std::memmove(bytes + begin + added.size(), bytes + end, behind);
  std::copy(added.begin(), added.end(), bytes + begin);
  if (after < before) zero_memory(bytes + after, before - after);
  string.byte_count = static_cast<std::uint32_t>(after);
}

void BytePool::release(String& string) {
  if (string.size_class != 0) {
    zero_memory(bytes_.data() + string.offset, string.byte_count);
    free_[string.size_class].push_back(string.offset);
  }
  string = {};
}

void BytePool::make_room(String& string, std::size_t byte_count) {
  std::size_t size_class = string.size_class;
  while (room(size_class) < byte_count && size_class < kClasses) ++size_class;
  if (size_class == string.size_class) return;
  const std::uint32_t offset = allocate(size_class);
  std::copy_n(bytes_.data() + string.offset, string.byte_count, bytes_.data() + offset);
  String moved{offset, string.byte_count, static_cast<std::uint8_t>(size_class)};
  release(string);
  string = moved;
}

std::uint32_t BytePool::allocate(std::size_t size_class) {
  const bool fits = size_class < kClasses && room(size_class) <= 0xFFFFFFFF - bytes_.size();
  if (!fits) throw Error(ErrorCode::kOutOfMemory, "the index is full; split the collection");
  if (free_[size_class].empty()) {
    const std::size_t offset = bytes_.size();
    bytes_.resize(offset + room(size_class));
    return static_cast<std::uint32_t>(offset);
  }
  const std::uint32_t offset = free_[size_class].back();
  free_[size_class].pop_back();
  return offset;
}

}  // namespace mayfly::lexical
