// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

namespace mayfly::lexical {

// LEB128: seven bits per byte, low bits first, the high bit set on all but the last byte.
inline constexpr std::size_t kMaxVarintBytes = 5;

// Returns how many bytes it wrote, 1..5.
inline std::size_t write_varint(std::uint32_t value, std::uint8_t* out) {
  std::size_t count = 0;
  for (; value >= 128; value >>= 7) out[count++] = static_cast<std::uint8_t>(value | 128);
  out[count++] = static_cast<std::uint8_t>(value);
  return count;
}

// Reads what write_varint wrote, and moves `at` behind it.
inline std::uint32_t read_varint(const std::uint8_t*& at) {
  std::uint32_t value = *at++;
  if (value < 128) return value;
  value &= 127;
  for (std::uint32_t shift = 7;; shift += 7) {
    const std::uint32_t byte = *at++;
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
  }
}

}  // namespace mayfly::lexical
