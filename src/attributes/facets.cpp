// SPDX-License-Identifier: Apache-2.0
#include "attributes/facets.h"

namespace mayfly::attributes {
namespace {

struct Tally {
  std::size_t rows = 0;
  std::size_t last_row_plus_one = 0;  // an array may name a value twice
};

}  // namespace

std::vector<FacetCount> facet_counts(const AttributeTable& table, std::string_view key,
                                     const RowSet& rows) {
  const Dictionary& dictionary = table.dictionary();
  const auto wanted = dictionary.find_key(key);
  std::vector<Tally> tallies(dictionary.id_limit());  // by attribute
  rows.for_each([&](std::size_t row) {
    table.for_each_attribute(row, [&](AttributeId id) {
      Tally& tally = tallies[id];
      if (dictionary.key_of(id) != wanted || tally.last_row_plus_one == row + 1) return;
      tally.last_row_plus_one = row + 1;
      ++tally.rows;
    });
  });
  std::vector<FacetCount> facets;
  for (AttributeId id = 0; id < tallies.size(); ++id) {
    if (tallies[id].rows != 0) facets.push_back({dictionary.value_of(id), tallies[id].rows});
  }
  return facets;
}

}  // namespace mayfly::attributes
