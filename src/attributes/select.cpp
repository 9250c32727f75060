// SPDX-License-Identifier: Apache-2.0
#include "attributes/select.h"

#include <cstdint>
#include <string>
#include <vector>

#include "attributes/filter_place.h"
#include "attributes/json_value.h"
#include "base/strict_json.h"

namespace mayfly::attributes {
namespace {

// In the order of kWords; the bounds first.
enum Word : std::size_t { kGt, kGte, kLt, kLte, kAny, kAll, kNone, kExists, kNot, kWordCount };
constexpr std::string_view kWords[] = {"gt",  "gte",  "lt",     "lte", "any",
                                       "all", "none", "exists", "not"};

std::size_t word_of(std::string_view name) {
  std::size_t word = 0;
  while (word < kWordCount && kWords[word] != name) ++word;
  return word;
}

bool is_within(const Value& value, std::size_t bound_word, const Value& bound) {
  if (value.kind != bound.kind) return false;
  const int order = compare(value, bound);
  if (order == 0) return bound_word == kGte || bound_word == kLte;
  return (order > 0) == (bound_word <= kGte);
}

const std::vector<JsonValue>& array_of(const JsonValue& content, const FilterPlace& place,
                                       const char* advice) {
  if (!content.is(JsonKind::kArray)) refuse_filter(place, advice);
  return content.parts;
}

class FilterReader {
 public:
  explicit FilterReader(const AttributeTable& table)
      : table_(table), dictionary_(table.dictionary()) {}

  RowSet filter(const JsonValue& content, const FilterPlace& place) {
    if (!content.is(JsonKind::kObject)) {
      refuse_filter(place, " must be an object such as {\"lang\": \"en\"}");
    }
    RowSet rows(table_.size());
    rows.invert();
    for (const JsonValue& operand : content.parts) {
      const FilterPlace here{&place, &operand.name};
      const std::size_t word = word_of(operand.name);
      if (word == kAny || word == kAll) {
        rows.intersect(filters(word == kAll, operand, here));
      } else if (word == kNot) {
        RowSet passing = filter(operand, here);
        passing.invert();
        rows.intersect(passing);
      } else {
        const std::string_view key = operand.name;
        key_ = dictionary_.find_key(key.substr(!key.empty() && key[0] == '=' ? 1 : 0));
        attribute(operand, here, rows);
      }
    }
    return rows;
  }

 private:
  // As "not any of those that fail" where all must hold.
  RowSet filters(bool all, const JsonValue& content, const FilterPlace& place) {
    RowSet rows(table_.size());
    const auto& parts = array_of(content, place, " must be a list of filters");
    for (std::size_t i = 0; i < parts.size(); ++i) {
      RowSet passing = filter(parts[i], {&place, nullptr, i});
      if (all) passing.invert();
      rows.unite(passing);
    }
    if (all) rows.invert();
    return rows;
  }

  // From here on the functions take from `rows` those that a condition on key_ does not let pass.
  void attribute(const JsonValue& content, const FilterPlace& place, RowSet& rows) {
    if (content.is(JsonKind::kObject)) {
      range(content.parts, place, rows);
      for (const JsonValue& operand : content.parts) {
        operation(word_of(operand.name), operand, {&place, &operand.name}, rows);
      }
    } else if (content.is(JsonKind::kNull)) {
      refuse_filter(place, " is null; for documents without the key write {\"exists\": false}");
    } else if (content.is(JsonKind::kArray)) {
      values(kAny, content, place, rows);
    } else {
      accept_none();
      accept(content, place);
      keep(true, rows);
    }
  }

  void range(const std::vector<JsonValue>& operators, const FilterPlace& place, RowSet& rows) {
    accept_key();
    std::optional<Value> first;
    for (const JsonValue& operand : operators) {
      const std::size_t word = word_of(operand.name);
      if (word > kLte) continue;
      const FilterPlace here{&place, &operand.name};
      const std::optional<Value> bound = value_of(operand);
      if (!bound || bound->kind == ValueKind::kBoolean) {
        refuse_filter(here, " must be a number or a string");
      }
      if (!first) first = bound;
      if (first->kind != bound->kind) {
        refuse_filter(here, " must be a number or a string as the range's other bound is");
      }
      for (AttributeId id = 0; id < accepted_.size(); ++id) {
        if (accepted_[id] != 0) accepted_[id] = is_within(dictionary_.value_of(id), word, *bound);
      }
    }
    if (first) keep(true, rows);
  }

  void operation(std::size_t word, const JsonValue& operand, const FilterPlace& place,
                 RowSet& rows) {
    if (word >= kAny && word <= kNone) {
      values(word, operand, place, rows);
    } else if (word == kExists) {
      if (!operand.is(JsonKind::kBoolean)) refuse_filter(place, " must be true or false");
      accept_key();
      keep(operand.boolean, rows);
    } else if (word > kLte) {
      refuse_filter(place, " is no operator; use gt, gte, lt, lte, any, all, none or exists");
    }
  }

  void values(std::size_t word, const JsonValue& content, const FilterPlace& place, RowSet& rows) {
    const auto& elements = array_of(content, place, " must be a list of values");
    accept_none();
    for (std::size_t i = 0; i < elements.size(); ++i) {
      accept(elements[i], {&place, nullptr, i});
      if (word != kAll) continue;
      keep(true, rows);
      accept_none();
    }
    if (word != kAll) keep(word == kAny, rows);
  }

  void accept_none() { accepted_ = std::vector<char>(dictionary_.id_limit()); }
  void accept(const JsonValue& content, const FilterPlace& place) {
    const std::optional<Value> value = value_of(content);
    if (!value) refuse_filter(place, " must be a string, a number or a boolean");
    // Of a value that no document has, kNoAttribute is accepted, and no document has that.
    if (key_ != kNoAttribute) accepted_[dictionary_.find(key_, *value)] = 1;
  }
  void accept_key() {
    accept_none();
    for (AttributeId id = 0; id < accepted_.size(); ++id) {
      accepted_[id] = key_ != kNoAttribute && dictionary_.key_of(id) == key_;
    }
  }

  // Rows that have an accepted attribute, or those that have none.
  void keep(bool having, RowSet& rows) {
    RowSet found(table_.size());
    for (std::size_t row = 0; row < found.size(); ++row) {
      table_.for_each_attribute(row, [&](AttributeId id) {
        if (accepted_[id] != 0) found.insert(row);
      });
    }
    if (!having) found.invert();
    rows.intersect(found);
  }

  const AttributeTable& table_;
  const Dictionary& dictionary_;
  AttributeId key_ = kNoAttribute;  // of the member that is read
  std::vector<char> accepted_;      // by attribute
};

}  // namespace

RowSet select(const AttributeTable& table, std::string_view filter_json) {
  const StrictJson parsed = parse_strict_json(filter_json, kMaxFilterDepth);
  if (!parsed.defect.empty()) {
    refuse_filter({},
                  (" is unusable: " + parsed.defect + "; write it as {\"lang\": \"en\"}").c_str());
  }
  return FilterReader(table).filter(parsed.value, {});
}

}  // namespace mayfly::attributes
