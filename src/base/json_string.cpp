// SPDX-License-Identifier: Apache-2.0
#include "base/json_string.h"

#include <cstdint>

#include "base/utf8.h"

namespace mayfly {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
// Escapes of one letter, and what they stand for.
constexpr std::string_view kLetters = "\"\\/bfnrt";
constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";

// The code unit of the escape \uXXXX that the text begins with, or kNone.
std::uint32_t code_unit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return kNone;
  std::uint32_t unit = 0;
  for (const char byte : text.substr(2, 4)) {
    const char lower = static_cast<char>(byte | 0x20);
    const bool is_digit = byte >= '0' && byte <= '9';
    if (!is_digit && !(lower >= 'a' && lower <= 'f')) return kNone;
    unit = unit << 4 | static_cast<std::uint32_t>(is_digit ? byte - '0' : lower - 'a' + 10);
  }
  return unit;
}

void append_utf8(char32_t value, std::string& result) {
  char bytes[4];
  result.append(bytes, encode_utf8(value, bytes));
}

const char* read_escape(std::string_view text, std::size_t& at, std::string& result) {
  const std::string_view rest = text.substr(at);
  if (rest.size() < 2) return at = text.size(), "it ends in an escape";
  if (rest[1] != 'u') {
    const std::size_t letter = kLetters.find(rest[1]);
    if (letter == std::string_view::npos) return "there is no such escape";
    result += kMeanings[letter];
    at += 2;
    return nullptr;
  }
  std::uint32_t value = code_unit(rest);
  if (value == kNone) return "\\u needs four hexadecimal digits";
  at += 6;
  if (value < 0xD800 || value > 0xDFFF) {
    append_utf8(value, result);
    return nullptr;
  }
  const std::uint32_t low = code_unit(rest.substr(6));
  if (value > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
    at -= 6;
    return "half of a surrogate pair";
  }
  at += 6;
  append_utf8(0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00), result);
  return nullptr;
}

}  // namespace

const char* read_json_string(std::string_view text, std::size_t& at, std::string& result) {
  ++at;
  while (at < text.size()) {
    const char byte = text[at];
    if (byte == '"') {
      ++at;
      return nullptr;
    }
    if (byte == '\\') {
      const char* const complaint = read_escape(text, at, result);
      if (complaint != nullptr) return complaint;
      continue;
    }
    if (static_cast<unsigned char>(byte) < 0x20) return "a control character in a string";
    result += byte;
    ++at;
  }
  return "the string does not end";
}

}  // namespace mayfly
