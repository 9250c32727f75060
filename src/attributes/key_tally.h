// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "attributes/attribute_table.h"

namespace mayfly::attributes {

// In how many of the rows that were added each value of one key occurs.
class KeyTally {
 public:
  KeyTally(const AttributeTable& table, std::string_view key);

  void add(std::size_t row);  // a row counts once

  std::size_t count(AttributeId id) const { return counts_[id].rows; }

  // The attributes that occur, by value, or by count (highest first) and then by value.
  std::vector<AttributeId> by_value() const { return sorted(false); }
  std::vector<AttributeId> by_count() const { return sorted(true); }

 private:
  struct Count {
    std::size_t rows = 0;
    std::size_t last_row_plus_one = 0;  // an array may name a value twice
  };

  std::vector<AttributeId> sorted(bool by_count) const;

  const AttributeTable& table_;
  AttributeId key_;
  std::vector<Count> counts_;  // by attribute
};

}  // namespace mayfly::attributes
