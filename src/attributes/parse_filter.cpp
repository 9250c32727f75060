// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "attributes/filter.h"
#include "attributes/json_value.h"
#include "base/error.h"
#include "base/strict_json.h"

namespace mayfly::attributes {
namespace {

using nlohmann::json;
using Kind = Condition::Kind;

[[noreturn]] void fail(const std::string& place, const char* advice) {
  throw Error(ErrorCode::kInvalidArgument, place + advice);
}

std::string member(const std::string& place, const std::string& name) { return place + "." + name; }

std::string element(const std::string& place, std::size_t index) {
  return place + "[" + std::to_string(index) + "]";
}

const json::array_t& array_of(const json& content, const std::string& place, const char* advice) {
  const auto* elements = content.get_ptr<const json::array_t*>();
  if (elements == nullptr) fail(place, advice);
  return *elements;
}

// Each of the parsers below adds conditions to `parts`, all of which must hold.
void parse_members(const json& content, const std::string& place, std::vector<Condition>& parts);

Condition& add(std::vector<Condition>& parts, Kind kind, std::string_view key = {}) {
  return parts.emplace_back(Condition{kind, {}, key, {}, {}});
}

void parse_filters(const json& content, const std::string& place, Condition& condition) {
  const auto& filters = array_of(content, place, " must be a list of filters");
  for (std::size_t i = 0; i < filters.size(); ++i) {
    parse_members(filters[i], element(place, i), add(condition.parts, Kind::kAll).parts);
  }
}

std::vector<Value> parse_values(const json& content, const std::string& place) {
  const auto& elements = array_of(content, place, " must be a list of values");
  std::vector<Value> values;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const std::optional<Value> value = value_of(elements[i]);
    if (!value) fail(element(place, i), " must be a string, a number or a boolean");
    values.push_back(*value);
  }
  return values;
}

// Whether `name` is gt, gte, lt or lte, whose bound it then adds to `range`.
bool parse_bound(const std::string& name, const json& content, const std::string& place,
                 Condition& range) {
  const bool is_inclusive = name == "gte" || name == "lte";
  const bool is_lower = name == "gt" || name == "gte";
  if (!is_lower && name != "lt" && name != "lte") return false;
  const std::optional<Value> value = value_of(content);
  if (!value || value->kind == ValueKind::kBoolean) {
    fail(place, " must be a number or a string");
  }
  if (!range.bounds.empty() && range.bounds[0].value.kind != value->kind) {
    fail(place,
         " must be of the same kind as the range's other bound: both numbers or both strings");
  }
  range.bounds.push_back({*value, is_lower, is_inclusive});
  return true;
}

void parse_operator(std::string_view key, const std::string& name, const json& content,
                    const std::string& place, std::vector<Condition>& parts) {
  if (name == "any") {
    add(parts, Kind::kOneOf, key).values = parse_values(content, place);
  } else if (name == "none") {
    add(add(parts, Kind::kNot).parts, Kind::kOneOf, key).values = parse_values(content, place);
  } else if (name == "all") {
    for (const Value& value : parse_values(content, place)) {
      add(parts, Kind::kOneOf, key).values.push_back(value);
    }
  } else if (name == "exists") {
    if (!content.is_boolean()) fail(place, " must be true or false");
    auto& where = content.get<bool>() ? parts : add(parts, Kind::kNot).parts;
    add(where, Kind::kRange, key);
  } else {
    fail(place, " is no operator; use gt, gte, lt, lte, any, all, none or exists");
  }
}

void parse_attribute(std::string_view key, const json& content, const std::string& place,
                     std::vector<Condition>& parts) {
  if (const auto* operators = content.get_ptr<const json::object_t*>()) {
    Condition range{Kind::kRange, {}, key, {}, {}};
    for (const auto& [name, operand] : *operators) {
      const std::string here = member(place, name);
      if (!parse_bound(name, operand, here, range)) {
        parse_operator(key, name, operand, here, parts);
      }
    }
    if (!range.bounds.empty()) parts.push_back(std::move(range));
  } else if (content.is_array()) {
    add(parts, Kind::kOneOf, key).values = parse_values(content, place);
  } else if (const std::optional<Value> value = value_of(content)) {
    add(parts, Kind::kOneOf, key).values.push_back(*value);
  } else {
    fail(place, " is null; for documents without the key write {\"exists\": false}");
  }
}

void parse_members(const json& content, const std::string& place, std::vector<Condition>& parts) {
  const auto* members = content.get_ptr<const json::object_t*>();
  if (members == nullptr) fail(place, " must be an object such as {\"lang\": \"en\"}");
  for (const auto& [name, operand] : *members) {
    const std::string here = member(place, name);
    if (name == "any" || name == "all") {
      parse_filters(operand, here, add(parts, name == "any" ? Kind::kAny : Kind::kAll));
    } else if (name == "not") {
      Condition& negation = add(parts, Kind::kNot);
      parse_members(operand, here, add(negation.parts, Kind::kAll).parts);
    } else {
      const std::string_view key = name;
      parse_attribute(key.substr(!key.empty() && key[0] == '=' ? 1 : 0), operand, here, parts);
    }
  }
}

}  // namespace

Filter parse_filter(std::string_view json_text) {
  StrictJson parsed = parse_strict_json(json_text, kMaxFilterDepth);
  if (!parsed.defect.empty()) {
    throw Error(ErrorCode::kInvalidArgument, "filter is unusable: " + parsed.defect +
                                                 "; write an object such as {\"lang\": \"en\"}");
  }
  Condition root{Kind::kAll, {}, {}, {}, {}};
  parse_members(parsed.value, "filter", root.parts);
  return Filter(std::move(parsed.value), std::move(root));
}

}  // namespace mayfly::attributes
