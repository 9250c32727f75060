// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace mayfly::testing {

// Filters and facets by their definition, over the parsed metadata of each document.
struct NaiveAttributes {
  using Json = nlohmann::json;

  std::vector<Json> documents;

  static bool is_scalar(const Json& json) {
    return json.is_string() || json.is_number() || json.is_boolean();
  }
  static int kind(const Json& scalar) {
    return scalar.is_boolean() ? 0 : scalar.is_number() ? 1 : 2;
  }
  static bool less(const Json& a, const Json& b) {
    if (kind(a) != kind(b)) return kind(a) < kind(b);
    if (a.is_string()) return a.get<std::string>() < b.get<std::string>();
    return a.is_boolean() ? a.get<bool>() < b.get<bool>() : a.get<double>() < b.get<double>();
  }
  static bool equal(const Json& a, const Json& b) { return !less(a, b) && !less(b, a); }

  // The key's values, each once, ascending.
  std::vector<Json> values(std::size_t row, const std::string& key) const {
    std::vector<Json> found;
    if (!documents[row].is_object() || !documents[row].contains(key)) return found;
    const Json& content = documents[row][key];
    for (const Json& value : content.is_array() ? content : Json::array({content})) {
      if (is_scalar(value)) found.push_back(value);
    }
    std::sort(found.begin(), found.end(), less);
    found.erase(std::unique(found.begin(), found.end(), equal), found.end());
    return found;
  }

  bool has(std::size_t row, const std::string& key, const Json& wanted) const {
    for (const Json& value : values(row, key)) {
      if (equal(value, wanted)) return true;
    }
    return false;
  }
  std::size_t count_of(std::size_t row, const std::string& key, const Json& wanted) const {
    std::size_t count = 0;
    for (const Json& value : wanted) count += has(row, key, value);
    return count;
  }

  static bool in_range(const Json& value, const Json& operators) {
    for (const auto& [name, bound] : operators.items()) {
      if (name != "gt" && name != "gte" && name != "lt" && name != "lte") continue;
      if (kind(value) != kind(bound)) return false;
      if (name == "gt" && !less(bound, value)) return false;
      if (name == "gte" && less(value, bound)) return false;
      if (name == "lt" && !less(value, bound)) return false;
      if (name == "lte" && less(bound, value)) return false;
    }
    return true;
  }

  bool meets(std::size_t row, const std::string& key, const Json& wanted) const {
    if (wanted.is_array()) return count_of(row, key, wanted) > 0;
    if (!wanted.is_object()) return has(row, key, wanted);
    bool has_range = false;
    for (const auto& [name, operand] : wanted.items()) {
      if (name == "any") {
        if (count_of(row, key, operand) == 0) return false;
      } else if (name == "none") {
        if (count_of(row, key, operand) > 0) return false;
      } else if (name == "all") {
        if (count_of(row, key, operand) < operand.size()) return false;
      } else if (name == "exists") {
        if (values(row, key).empty() == operand.get<bool>()) return false;
      } else {
        has_range = true;
      }
    }
    if (!has_range) return true;
    const std::vector<Json> candidates = values(row, key);
    return std::any_of(candidates.begin(), candidates.end(),
                       [&](const Json& value) { return in_range(value, wanted); });
  }

  bool passes(std::size_t row, const Json& filter) const {
    for (const auto& [name, operand] : filter.items()) {
      bool holds = true;
      if (name == "any") {
        holds = false;
        for (const Json& part : operand) holds = holds || passes(row, part);
      } else if (name == "all") {
        for (const Json& part : operand) holds = holds && passes(row, part);
      } else if (name == "not") {
        holds = !passes(row, operand);
      } else {
        holds = meets(row, name.substr(0, 1) == "=" ? name.substr(1) : name, operand);
      }
      if (!holds) return false;
    }
    return true;
  }

  std::vector<std::size_t> select(const Json& filter) const {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < documents.size(); ++row) {
      if (passes(row, filter)) rows.push_back(row);
    }
    return rows;
  }

  std::vector<std::pair<Json, std::size_t>> facets(const std::string& key,
                                                   const std::vector<std::size_t>& rows) const {
    std::vector<std::pair<Json, std::size_t>> facets;
    for (const std::size_t row : rows) {
      for (const Json& value : values(row, key)) {
        const auto known = std::find_if(facets.begin(), facets.end(), [&](const auto& facet) {
          return equal(facet.first, value);
        });
        if (known == facets.end()) {
          facets.emplace_back(value, 1);
        } else {
          ++known->second;
        }
      }
    }
    std::sort(facets.begin(), facets.end(), [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : less(a.first, b.first);
    });
    return facets;
  }
};

}  // namespace mayfly::testing
