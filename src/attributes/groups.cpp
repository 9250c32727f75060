// SPDX-License-Identifier: Apache-2.0
#include "attributes/groups.h"

namespace mayfly::attributes {

std::vector<AttributeId> groups_of(const AttributeTable& table, std::string_view key) {
  const Dictionary& dictionary = table.dictionary();
  const AttributeId wanted = dictionary.find_key(key);
  std::vector<AttributeId> groups(table.size());
  if (wanted == kNoAttribute) return groups;
  for (std::size_t row = 0; row < groups.size(); ++row) {
    std::size_t values = 0;
    table.for_each_attribute(row, [&](AttributeId id) {
      if (dictionary.key_of(id) != wanted) return;
      groups[row] = ++values == 1 ? id : kNoAttribute;
    });
  }
  return groups;
}

}  // namespace mayfly::attributes
