// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "attributes/attribute_table.h"
#include "attributes/filter.h"
#include "attributes/row_set.h"

namespace mayfly::attributes {

// The rows of the table that pass. One pass over the table's attributes for each condition.
RowSet select(const AttributeTable& table, const Filter& filter);

}  // namespace mayfly::attributes
