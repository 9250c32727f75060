// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "attributes/attribute_table.h"
#include "base/row_set.h"

namespace mayfly::attributes {

struct FacetCount {
  Value value;  // its text is valid until the table changes
  std::size_t count;
};

// The values that the key has in these rows (whose size is the table's), and in how many of them
// each occurs, in no order: the caller sorts, who has more code for it than a visitor downloads.
std::vector<FacetCount> facet_counts(const AttributeTable& table, std::string_view key,
                                     const RowSet& rows);

}  // namespace mayfly::attributes
