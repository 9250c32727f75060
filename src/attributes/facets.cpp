// SPDX-License-Identifier: Apache-2.0
#include "attributes/facets.h"

#include "attributes/key_tally.h"

namespace mayfly::attributes {

std::vector<FacetCount> facet_counts(const AttributeTable& table, std::string_view key,
                                     const RowSet& rows, std::size_t limit) {
  KeyTally tally(table, key);
  rows.for_each([&](std::size_t row) { tally.add(row); });
  std::vector<FacetCount> facets;
  for (const AttributeId id : tally.by_count()) {
    if (facets.size() == limit) break;
    facets.push_back({table.dictionary().value_of(id), tally.count(id)});
  }
  return facets;
}

}  // namespace mayfly::attributes
