// SPDX-License-Identifier: Apache-2.0
#include "cli/json_line.h"

#include <charconv>
#include <cstdint>
#include <optional>

#include "base/error.h"
#include "text/utf8.h"

namespace mayfly::cli {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kReplacementEscape = "\\ufffd";
constexpr std::size_t kUnicodeEscapeBytes = 6;  // \uXXXX

// The code unit of the escape \uXXXX at `at`, if one stands there.
std::optional<std::uint32_t> unicode_escape(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\\u" || text.size() - at < kUnicodeEscapeBytes) return std::nullopt;
  std::uint32_t unit = 0;
  const char* const digits = text.data() + at + 2;
  const auto parsed = std::from_chars(digits, digits + 4, unit, 16);
  if (parsed.ptr != digits + 4) return std::nullopt;
  return unit;
}

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

template <typename Number>
void append_shortest(std::string& json, Number value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  json.append(digits, end);
}

}  // namespace

std::string repair_utf8(std::string_view bytes) {
  std::string result;
  result.reserve(bytes.size());
  const char* const end = bytes.data() + bytes.size();
  for (const char* at = bytes.data(); at < end;) {
    const text::DecodedCodePoint decoded = text::decode_utf8(at, end);
    char encoded[4];
    result.append(encoded, text::encode_utf8(decoded.value, encoded));
    at += decoded.byte_count;
  }
  return result;
}

std::string repair_json_text(std::string_view bytes) {
  std::string text = text::is_well_formed_utf8(bytes) ? std::string(bytes) : repair_utf8(bytes);
  // A backslash is only legal inside strings, so quotes need no attention.
  for (std::size_t at = text.find('\\'); at < text.size(); at = text.find('\\', at)) {
    const auto unit = unicode_escape(text, at);
    if (!unit) {
      at += 2;  // the escaped character may itself be a backslash
      continue;
    }
    const auto next = unicode_escape(text, at + kUnicodeEscapeBytes);
    if (is_high_surrogate(*unit) && next && is_low_surrogate(*next)) {
      at += 2 * kUnicodeEscapeBytes;
      continue;
    }
    if (is_high_surrogate(*unit) || is_low_surrogate(*unit)) {
      text.replace(at, kUnicodeEscapeBytes, kReplacementEscape);
    }
    at += kUnicodeEscapeBytes;
  }
  return text;
}

Json parse_json_line(std::string_view line, const std::string& where) {
  Json object = Json::parse(repair_json_text(line), nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) {
    throw Error(ErrorCode::kInvalidArgument,
                where + " is not a JSON object; each line must hold one");
  }
  return object;
}

std::string string_member(const Json& object, const char* key, const std::string& where) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) {
    throw Error(ErrorCode::kInvalidArgument,
                where + " has no string \"" + key + "\"; add one to the object");
  }
  return found->get<std::string>();
}

void append_number(std::string& json, float value) { append_shortest(json, value); }

void append_number(std::string& json, double value) { append_shortest(json, value); }

void append_string(std::string& json, std::string_view utf8) {
  json += Json(utf8).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace mayfly::cli
