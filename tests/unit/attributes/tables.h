// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "attributes/attribute_table.h"
#include "attributes/facets.h"
#include "attributes/select.h"

namespace mayfly::testing {

inline attributes::AttributeTable table_of(const std::vector<std::string_view>& metadata) {
  attributes::AttributeTable table;
  for (const std::string_view document : metadata) table.append(document);
  return table;
}

inline std::vector<std::size_t> rows_of(const RowSet& set) {
  std::vector<std::size_t> rows;
  set.for_each([&](std::size_t row) { rows.push_back(row); });
  return rows;
}

inline std::vector<std::size_t> selected(const attributes::AttributeTable& table,
                                         std::string_view filter) {
  return rows_of(attributes::select(table, filter));
}

inline RowSet all_rows(const attributes::AttributeTable& table) {
  RowSet rows(table.size());
  rows.invert();
  return rows;
}

inline nlohmann::json json_of(const attributes::Value& value) {
  if (value.kind == attributes::ValueKind::kString) return std::string(value.text);
  if (value.kind == attributes::ValueKind::kBoolean) return value.number != 0;
  return value.number;
}

// The most frequent first, equally frequent ones by value.
inline std::vector<attributes::FacetCount> sorted(std::vector<attributes::FacetCount> facets) {
  std::sort(facets.begin(), facets.end(), [](const auto& a, const auto& b) {
    return a.count != b.count ? a.count > b.count : compare(a.value, b.value) < 0;
  });
  return facets;
}

// [[value, count], ...] as JSON text.
inline std::string facets_of(const attributes::AttributeTable& table, std::string_view key,
                             const RowSet& rows) {
  nlohmann::json facets = nlohmann::json::array();
  for (const auto& facet : sorted(attributes::facet_counts(table, key, rows))) {
    facets.push_back({json_of(facet.value), facet.count});
  }
  return facets.dump();
}

}  // namespace mayfly::testing
