// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>

#include "attributes/attribute_table.h"
#include "base/row_set.h"

namespace mayfly::attributes {

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
//
// A filter is read while it is applied, and wholly even where no row is left: there is no second
// form of it, which would be code to download. Takes one pass over the table's attributes for each
// condition.
inline constexpr std::size_t kMaxFilterDepth = 64;

// The rows of the table that pass.
RowSet select(const AttributeTable& table, std::string_view filter_json);

}  // namespace mayfly::attributes
