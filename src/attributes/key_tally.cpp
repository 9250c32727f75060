// SPDX-License-Identifier: Apache-2.0
#include "attributes/key_tally.h"

#include "base/sort_numbers.h"

namespace mayfly::attributes {

KeyTally::KeyTally(const AttributeTable& table, std::string_view key)
    : table_(table),
      key_(table.dictionary().find_key(key)),
      counts_(table.dictionary().id_limit()) {}

void KeyTally::add(std::size_t row) {
  table_.for_each_attribute(row, [&](AttributeId id) {
    Count& count = counts_[id];
    if (table_.dictionary().key_of(id) != key_ || count.last_row_plus_one == row + 1) return;
    count.last_row_plus_one = row + 1;
    ++count.rows;
  });
}

std::vector<AttributeId> KeyTally::sorted(bool by_count) const {
  std::size_t occurring = 0;
  for (const Count& count : counts_) occurring += count.rows != 0;
  std::vector<AttributeId> ids(occurring);
  for (AttributeId id = 0; occurring != 0; ++id) {
    if (counts_[id].rows != 0) ids[--occurring] = id;
  }
  const auto precedes = [&](AttributeId a, AttributeId b) {
    if (by_count && counts_[a].rows != counts_[b].rows) return counts_[a].rows > counts_[b].rows;
    return compare(table_.dictionary().value_of(a), table_.dictionary().value_of(b)) < 0;
  };
  sort_numbers(ids, precedes);
  return ids;
}

}  // namespace mayfly::attributes
