// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

namespace mayfly::attributes {

enum class ValueKind : std::uint8_t { kBoolean, kNumber, kString };

// What an attribute can be. Values of two kinds are never equal: 1, true and "1" are three.
struct Value {
  ValueKind kind = ValueKind::kNumber;
  double number = 0;      // finite, never -0; a boolean is 0 or 1
  std::string_view text;  // of a string: a view, which does not own it
};

// < 0, 0 or > 0: booleans before numbers before strings, false before true, strings by code points
// (so that ISO 8601 dates of one form are in the order of time).
int compare(const Value& a, const Value& b);

}  // namespace mayfly::attributes
