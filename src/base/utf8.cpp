// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

namespace mayfly {
namespace {

struct Lead {
  std::uint32_t tail_count;  // bytes that follow; 0: not the first byte of any sequence
  unsigned char low, high;   // range of the second byte (Unicode 15, table 3-7)
};

Lead classify(unsigned char byte) noexcept {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF};
  if (byte == 0xE0) return {2, 0xA0, 0xBF};  // below: overlong
  if (byte == 0xED) return {2, 0x80, 0x9F};  // above: surrogates
  if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF};
  if (byte == 0xF0) return {3, 0x90, 0xBF};  // below: overlong
  if (byte == 0xF4) return {3, 0x80, 0x8F};  // above: beyond U+10FFFF
  if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF};
  return {0, 0, 0};
}

}  // namespace

DecodedCodePoint decode_utf8(const char* at, const char* end) noexcept {
  const auto first = static_cast<unsigned char>(*at);
  if (first < 0x80) return {first, 1};
  const Lead lead = classify(first);
  if (lead.tail_count == 0) return {kReplacementCharacter, 1};

  char32_t value = first & (0x3Fu >> lead.tail_count);
  unsigned char low = lead.low, high = lead.high;
  for (std::uint32_t i = 1; i <= lead.tail_count; ++i) {
    if (at + i == end) return {kReplacementCharacter, i};
    const auto byte = static_cast<unsigned char>(at[i]);
    if (byte < low || byte > high) return {kReplacementCharacter, i};
    value = value << 6 | (byte & 0x3Fu);
    low = 0x80;
    high = 0xBF;
  }
  return {value, lead.tail_count + 1};
}

std::size_t count_code_points(std::string_view utf8) noexcept {
  std::size_t count = 0;
  const char* const end = utf8.data() + utf8.size();
  for (const char* at = utf8.data(); at != end; ++count) at += decode_utf8(at, end).byte_count;
  return count;
}

bool is_well_formed_utf8(std::string_view utf8) noexcept {
  const char* const end = utf8.data() + utf8.size();
  for (const char* at = utf8.data(); at != end;) {
    const DecodedCodePoint decoded = decode_utf8(at, end);
    // U+FFFD itself is three bytes and well-formed; an error of three bytes begins with 0xF0..0xF4.
    if (decoded.value == kReplacementCharacter &&
        (decoded.byte_count != 3 || static_cast<unsigned char>(*at) != 0xEF)) {
      return false;
    }
    at += decoded.byte_count;
  }
  return true;
}

}  // namespace mayfly
