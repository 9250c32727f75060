// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mayfly {

enum class JsonKind : std::uint8_t { kNull, kBoolean, kNumber, kString, kArray, kObject };

// A JSON value with all that is in it.
struct JsonValue {
  JsonKind kind = JsonKind::kNull;
  bool boolean = false;
  bool is_count = false;         // a number of digits only, below 2^64
  std::uint64_t count = 0;       // its exact value
  double number = 0;             // of any number: the nearest double, always finite
  std::string name;              // where the value is a member of an object
  std::string text;              // of a string: well-formed UTF-8
  std::vector<JsonValue> parts;  // elements; or members, ascending by the bytes of their names

  bool is(JsonKind wanted) const { return kind == wanted; }
  // The member of that name; nullptr where there is none, or this is no object.
  const JsonValue* member(std::string_view wanted) const;
};

struct StrictJson {
  JsonValue value;     // null where there is a defect
  std::string defect;  // empty, or what is wrong with the text and at which byte
};

// JSON (RFC 8259) in which no object names a key twice: parsers differ in which one they take, so
// a file that two programs read must not. At most max_depth objects and arrays within each other.
// Numbers must not be beyond a double. A byte order mark in front is passed over, as the
// specification allows. Takes O(n log n) time and about 80 bytes for each value.
//
// Why this is no library's: docs/decisions/json-in-the-module.md.
StrictJson parse_strict_json(std::string_view text, std::size_t max_depth = 8);

}  // namespace mayfly
