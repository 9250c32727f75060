// SPDX-License-Identifier: Apache-2.0
#include "engine/id_table.h"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using mayfly::engine::IdTable;

namespace {

std::size_t find(const IdTable& table, IdTable::Hash hash, std::size_t row) {
  return table.find(hash, [&](std::size_t candidate) { return candidate == row; });
}

}  // namespace

TEST_CASE("an empty id table finds nothing", "[engine]") {
  IdTable table;
  CHECK(find(table, 0, 0) == IdTable::kNone);
  table.reserve(0);
  CHECK(find(table, 7, 0) == IdTable::kNone);
}

TEST_CASE("an id table asks about rows of the same hash only", "[engine]") {
  IdTable table;
  table.insert(5, 0);
  table.insert(5 + 16, 1);  // the same home slot, another hash
  table.insert(5, 2);
  std::vector<std::size_t> asked;
  CHECK(table.find(5, [&](std::size_t row) {
    asked.push_back(row);
    return row == 2;
  }) == 2);
  CHECK(asked == std::vector<std::size_t>{0, 2});
}

TEST_CASE("random inserts, erasures and moves leave what a plain list leaves", "[engine]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  // Few distinct hashes, at both ends of the table: long runs that wrap around its end.
  const auto random_hash = [&] {
    const auto value = static_cast<IdTable::Hash>(random() % 12);
    return random() % 2 == 0 ? value : ~value;
  };
  IdTable table;
  std::vector<IdTable::Hash> hash_of_row;
  for (int step = 0; step < 4000; ++step) {
    if (hash_of_row.empty() || random() % 100 < (step < 2000 ? 55U : 45U)) {
      hash_of_row.push_back(random_hash());
      table.insert(hash_of_row.back(), hash_of_row.size() - 1);
    } else {
      const std::size_t row = random() % hash_of_row.size(), last = hash_of_row.size() - 1;
      table.erase(hash_of_row[row], row);
      if (row != last) table.move(hash_of_row[last], last, row);
      hash_of_row[row] = hash_of_row[last];
      hash_of_row.pop_back();
    }
    for (std::size_t row = 0; row < hash_of_row.size(); ++row) {
      REQUIRE(find(table, hash_of_row[row], row) == row);
    }
    REQUIRE(find(table, random_hash(), hash_of_row.size()) == IdTable::kNone);
  }
}
