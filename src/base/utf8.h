// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mayfly {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

struct DecodedCodePoint {
  char32_t value;            // never a surrogate, at most 0x10FFFF
  std::uint32_t byte_count;  // 1..4
};

// The code point at `at` < `end`. Ill-formed input gives U+FFFD for each maximal subpart, as the
// WHATWG Encoding Standard's UTF-8 decoder does: the longest prefix of a well-formed sequence, or
// else one byte.
DecodedCodePoint decode_utf8(const char* at, const char* end) noexcept;

// Code points that `utf8` decodes to.
std::size_t count_code_points(std::string_view utf8) noexcept;

bool is_well_formed_utf8(std::string_view utf8) noexcept;

// Writes 1..4 bytes at `out` and returns how many. `value` is a Unicode scalar value.
inline std::uint32_t encode_utf8(char32_t value, char* out) noexcept {
  const auto tail = [&](std::uint32_t shift) {
    return static_cast<char>(0x80 | ((value >> shift) & 0x3F));
  };
  if (value < 0x80) {
    out[0] = static_cast<char>(value);
    return 1;
  }
  if (value < 0x800) {
    out[0] = static_cast<char>(0xC0 | (value >> 6));
    out[1] = tail(0);
    return 2;
  }
  if (value < 0x10000) {
    out[0] = static_cast<char>(0xE0 | (value >> 12));
    out[1] = tail(6);
    out[2] = tail(0);
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | (value >> 18));
  out[1] = tail(12);
  out[2] = tail(6);
  out[3] = tail(0);
  return 4;
}

}  // namespace mayfly
