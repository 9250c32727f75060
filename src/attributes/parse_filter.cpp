// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>

#include "attributes/filter.h"
#include "attributes/json_value.h"
#include "base/error.h"
#include "base/strict_json.h"

namespace mayfly::attributes {
namespace {

using nlohmann::json;
using Kind = Node::Kind;

// Where in the filter the parser is: put into words only if something is wrong there.
struct Place {
  const Place* outer = nullptr;         // none: the whole filter
  const std::string* member = nullptr;  // none: an element
  std::size_t element = 0;
};

std::string words_for(const Place& place) {
  if (place.outer == nullptr) return "filter";
  std::string words = words_for(*place.outer);
  if (place.member != nullptr) return words.append(".").append(*place.member);
  return words.append("[").append(std::to_string(place.element)).append("]");
}

[[noreturn]] void fail(const Place& place, const char* advice) {
  throw Error(ErrorCode::kInvalidArgument, words_for(place).append(advice));
}

class Parser {
 public:
  explicit Parser(std::vector<Node>& nodes) : nodes_(nodes) {}

  // All members of a filter must hold.
  void parse_filter(const json& content, const Place& place) {
    const auto* members = content.get_ptr<const json::object_t*>();
    if (members == nullptr) fail(place, " must be an object such as {\"lang\": \"en\"}");
    const std::size_t node = open(Kind::kAll);
    for (const auto& [member, operand] : *members) {
      const Place here{&place, &member};
      const std::string_view name = member;
      if (name == "any") {
        parse_filters(Kind::kAny, operand, here);
      } else if (name == "all") {
        parse_filters(Kind::kAll, operand, here);
      } else if (name == "not") {
        const std::size_t negation = open(Kind::kNot);
        parse_filter(operand, here);
        close(negation);
      } else {
        key_ = name;
        if (!name.empty() && name[0] == '=') key_.remove_prefix(1);
        parse_attribute(operand, here);
      }
    }
    close(node);
  }

 private:
  std::size_t open(Kind kind) {
    nodes_.push_back({.kind = kind, .key = key_});
    return nodes_.size() - 1;
  }
  void close(std::size_t node) { nodes_[node].end = nodes_.size(); }

  void parse_filters(Kind kind, const json& content, const Place& place) {
    const auto* filters = content.get_ptr<const json::array_t*>();
    if (filters == nullptr) fail(place, " must be a list of filters");
    const std::size_t node = open(kind);
    for (std::size_t i = 0; i < filters->size(); ++i) {
      parse_filter((*filters)[i], {&place, nullptr, i});
    }
    close(node);
  }

  void parse_attribute(const json& content, const Place& place) {
    const auto* operators = content.get_ptr<const json::object_t*>();
    if (content.is_null()) {
      fail(place, " is null; for documents without the key write {\"exists\": false}");
    } else if (content.is_array()) {
      parse_values(content, place);
    } else if (operators == nullptr) {
      const std::size_t node = open(Kind::kOneOf);
      add_value(content, place);
      close(node);
    } else {
      parse_range(*operators, place);
      for (const auto& [name, operand] : *operators) {
        if (!is_bound(name)) parse_operator(name, operand, {&place, &name});
      }
    }
  }

  static bool is_bound(std::string_view name) {
    return name == "gt" || name == "gte" || name == "lt" || name == "lte";
  }

  void parse_range(const json::object_t& operators, const Place& place) {
    const std::size_t node = open(Kind::kRange);
    for (const auto& [name, operand] : operators) {
      if (!is_bound(name)) continue;
      const Place here{&place, &name};
      const std::optional<Value> value = value_of(operand);
      if (!value || value->kind == ValueKind::kBoolean) {
        fail(here, " must be a number or a string");
      }
      if (value->kind != nodes_.back().value.kind && nodes_.size() - 1 > node) {
        fail(here, " must be a number or a string as the range's other bound is");
      }
      const std::size_t bound = open(Kind::kBound);
      nodes_[bound].is_lower = name[0] == 'g';
      nodes_[bound].is_inclusive = name.size() == 3;
      nodes_[bound].value = *value;
      close(bound);
    }
    close(node);
    if (nodes_.size() - 1 == node) nodes_.pop_back();  // no range was asked for
  }

  void parse_operator(std::string_view name, const json& operand, const Place& place) {
    if (name == "any") return parse_values(operand, place);
    const std::size_t node = open(Kind::kNot);
    if (name == "none") {
      parse_values(operand, place);
    } else if (name == "all") {
      nodes_[node].kind = Kind::kAll;
      parse_values(operand, place, /*each=*/true);
    } else if (name == "exists") {
      const auto* is_wanted = operand.get_ptr<const bool*>();
      if (is_wanted == nullptr) fail(place, " must be true or false");
      if (*is_wanted) nodes_[node].kind = Kind::kAll;
      close(open(Kind::kRange));
    } else {
      fail(place, " is no operator; use gt, gte, lt, lte, any, all, none or exists");
    }
    close(node);
  }

  // One of the values, or `each`.
  void parse_values(const json& content, const Place& place, bool each = false) {
    const auto* values = content.get_ptr<const json::array_t*>();
    if (values == nullptr) fail(place, " must be a list of values");
    std::size_t node = 0;
    if (!each) node = open(Kind::kOneOf);
    for (std::size_t i = 0; i < values->size(); ++i) {
      if (each) node = open(Kind::kOneOf);
      add_value((*values)[i], {&place, nullptr, i});
      if (each) close(node);
    }
    if (!each) close(node);
  }

  void add_value(const json& content, const Place& place) {
    const std::optional<Value> value = value_of(content);
    if (!value) fail(place, " must be a string, a number or a boolean");
    const std::size_t node = open(Kind::kValue);
    nodes_[node].value = *value;
    close(node);
  }

  std::vector<Node>& nodes_;
  std::string_view key_;  // of the attribute that is parsed
};

}  // namespace

Filter parse_filter(std::string_view json_text) {
  StrictJson parsed = parse_strict_json(json_text, kMaxFilterDepth);
  if (!parsed.defect.empty()) {
    fail({}, (" is unusable: " + parsed.defect + "; write an object such as {\"lang\": \"en\"}")
                 .c_str());
  }
  Filter filter;
  filter.source = std::move(parsed.value);
  Parser(filter.nodes).parse_filter(filter.source, {});
  return filter;
}

}  // namespace mayfly::attributes
