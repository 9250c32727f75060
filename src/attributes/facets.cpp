// SPDX-License-Identifier: Apache-2.0
#include "attributes/facets.h"

#include <algorithm>

#include "attributes/key_tally.h"

namespace mayfly::attributes {

std::vector<FacetCount> facet_counts(const AttributeTable& table, std::string_view key,
                                     const RowSet& rows, std::size_t limit) {
  KeyTally tally(table, key);
  rows.for_each([&](std::size_t row) { tally.add(row); });
  const std::vector<AttributeId> ids = tally.by_count();
  std::vector<FacetCount> facets(std::min(limit, ids.size()));
  for (std::size_t i = 0; i < facets.size(); ++i) {
    facets[i] = {table.dictionary().value_of(ids[i]), tally.count(ids[i])};
  }
  return facets;
}

}  // namespace mayfly::attributes
