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
  std::vector<AttributeId> ids;
  for (AttributeId id = 0; id < counts_.size(); ++id) {
    if (counts_[id].rows != 0) ids.push_back(id);
  }
  // No two are equal, so the order needs no stable sort.
  std::sort(ids.begin(), ids.end(), [&](AttributeId a, AttributeId b) {
    if (by_count && counts_[a].rows != counts_[b].rows) return counts_[a].rows > counts_[b].rows;
    return compare(table_.dictionary().value_of(a), table_.dictionary().value_of(b)) < 0;
  });
  return ids;
}

}  // namespace mayfly::attributes
