// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "attributes/value.h"

namespace mayfly::attributes {

// A filter as a tree whose nodes stand in one list: each before its parts, with `end` behind the
// last of them. Without parts kAll and kRange hold, and kAny and kOneOf do not.
struct Node {
  enum class Kind : std::uint8_t {
    kAll,    // every part holds
    kAny,    // a part holds
    kNot,    // no part holds
    kOneOf,  // the key has one of the values that are its parts
    kRange,  // the key has a value within all bounds, its parts; without any: the key is there
    kValue,
    kBound,  // only values of the same kind are within it
  };

  Kind kind;
  bool is_lower = false, is_inclusive = false;  // of a bound
  std::size_t end = 0;
  std::string_view key;  // the views look into Filter::source
  Value value{};
};

// Moves, but does not copy: the copy's views would look into the original.
struct Filter {
  Filter() = default;
  Filter(Filter&&) = default;
  Filter& operator=(Filter&&) = default;

  nlohmann::json source;
  std::vector<Node> nodes;  // the first is the root
};

// A filter is a JSON object; a document passes if all of its members hold, so {} lets all pass.
//
//   { "lang": "en" }                         the key's value is this string, number or boolean
//   { "lang": ["en", "de"] }                 ... or one of these
//   { "date": { "gte": 5, "lt": 9 } }        ... within a range (gt, gte, lt, lte) of numbers, or
//   of
//                                            strings (ISO 8601 dates) by code points
//   { "tags": { "all": ["a", "b"] } }        has each; "any": one of them; "none": none of them
//   { "tags": { "exists": true } }           has the key, with any value
//   { "any": [{...}, {...}] }                one of the filters holds; "all": each of them
//   { "not": {...} }                         the filter does not hold
//
// An array is taken by its elements: equality means "contains", and a range that one element is
// within it. Kinds are never mixed: 5 is not "5". A document without the key passes only "none",
// "exists": false, "all": [] and what "not" turns round. An object of several operators joins them
// by "and". One "=" at the front of a name is taken off, and what follows is an attribute whatever
// it is: { "=any": 1 } asks for the attribute "any", { "==x": 1 } for "=x".
//
// Error(kInvalidArgument) for anything else, naming the place, as in "filter.any[1].date.gte". At
// most kMaxFilterDepth objects and arrays within each other.
inline constexpr std::size_t kMaxFilterDepth = 64;
Filter parse_filter(std::string_view json_text);

}  // namespace mayfly::attributes
