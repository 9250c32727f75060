// SPDX-License-Identifier: Apache-2.0
#include "attributes/order.h"

#include <algorithm>

#include "attributes/key_tally.h"

namespace mayfly::attributes {

std::vector<std::size_t> order(const AttributeTable& table, std::string_view key,
                               Direction direction, std::span<const std::size_t> rows) {
  KeyTally tally(table, key);
  for (const std::size_t row : rows) tally.add(row);
  const std::vector<AttributeId> ids = tally.by_value();

  // A stable counting sort by the place of the row's first value among them all.
  const std::size_t last = ids.size();
  std::vector<std::size_t> places(table.dictionary().id_limit(), last);
  for (std::size_t i = 0; i < last; ++i) {
    places[ids[i]] = direction == Direction::kAscending ? i : last - 1 - i;
  }
  const auto place_of = [&](std::size_t row) {
    std::size_t place = last;
    table.for_each_attribute(row, [&](AttributeId id) { place = std::min(place, places[id]); });
    return place;
  };
  std::vector<std::size_t> begins(last + 2);  // in the result, by place
  for (const std::size_t row : rows) ++begins[place_of(row) + 1];
  for (std::size_t place = 0; place <= last; ++place) begins[place + 1] += begins[place];
  std::vector<std::size_t> sorted(rows.size());
  for (const std::size_t row : rows) sorted[begins[place_of(row)]++] = row;
  return sorted;
}

}  // namespace mayfly::attributes
