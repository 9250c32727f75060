// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "attributes/attribute_table.h"

namespace mayfly::attributes {

enum class Direction : std::uint8_t { kAscending, kDescending };

// The rows (any of the table, in any order) sorted by the key's value. Rows without the key come
// last in either direction; rows that are equal keep the order given. Of an array the value that
// comes first counts: the least if ascending, else the greatest.
std::vector<std::size_t> order(const AttributeTable& table, std::string_view key,
                               Direction direction, std::span<const std::size_t> rows);

}  // namespace mayfly::attributes
