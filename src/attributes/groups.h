// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

#include "attributes/attribute_table.h"

namespace mayfly::attributes {

// By row: its attribute of this key, the same for all rows that share the value; kNoAttribute where
// it has none, or several (an array).
std::vector<AttributeId> groups_of(const AttributeTable& table, std::string_view key);

}  // namespace mayfly::attributes
