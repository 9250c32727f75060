// SPDX-License-Identifier: Apache-2.0
#include "attributes/key_tally.h"

#include <algorithm>

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
  // Not std::sort: a kilobyte of code more, and no two are equal, so that any sort does.
  std::make_heap(ids.begin(), ids.end(), precedes);
  std::sort_heap(ids.begin(), ids.end(), precedes);
  return ids;
}

}  // namespace mayfly::attributes
