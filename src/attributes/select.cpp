// SPDX-License-Identifier: Apache-2.0
#include "attributes/select.h"

#include <vector>

namespace mayfly::attributes {
namespace {

using Kind = Condition::Kind;

bool is_within(const Value& value, const std::vector<Bound>& bounds) {
  for (const Bound& bound : bounds) {
    if (value.kind != bound.value.kind) return false;
    const int order = compare(value, bound.value);
    if (order == 0 ? !bound.is_inclusive : bound.is_lower != (order > 0)) return false;
  }
  return true;
}

// Rows with an attribute that the condition, kOneOf or kRange, accepts.
RowSet rows_with(const AttributeTable& table, const Condition& condition) {
  RowSet rows(table.size());
  const Dictionary& dictionary = table.dictionary();
  const AttributeId key = dictionary.find_key(condition.key);
  if (key == kNoAttribute) return rows;
  std::vector<char> accepted(dictionary.id_limit());  // by attribute
  if (condition.kind == Kind::kOneOf) {
    for (const Value& value : condition.values) {
      const AttributeId id = dictionary.find(key, value);
      if (id != kNoAttribute) accepted[id] = 1;
    }
  } else {
    for (AttributeId id = 0; id < accepted.size(); ++id) {
      accepted[id] =
          dictionary.key_of(id) == key && is_within(dictionary.value_of(id), condition.bounds);
    }
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    table.for_each_attribute(row, [&](AttributeId id) {
      if (accepted[id] != 0) rows.insert(row);
    });
  }
  return rows;
}

RowSet evaluate(const AttributeTable& table, const Condition& condition) {
  if (condition.kind == Kind::kOneOf || condition.kind == Kind::kRange) {
    return rows_with(table, condition);
  }
  RowSet rows(table.size());
  if (condition.kind == Kind::kAll) rows.invert();
  for (const Condition& part : condition.parts) {
    const RowSet passing = evaluate(table, part);
    if (condition.kind == Kind::kAll) {
      rows.intersect(passing);
    } else {
      rows.unite(passing);
    }
  }
  if (condition.kind == Kind::kNot) rows.invert();
  return rows;
}

}  // namespace

RowSet select(const AttributeTable& table, const Filter& filter) {
  return evaluate(table, filter.root);
}

}  // namespace mayfly::attributes
