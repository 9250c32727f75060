// SPDX-License-Identifier: Apache-2.0
#include "engine/id_table.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace mayfly::engine {
namespace {

constexpr std::size_t kSmallestTable = 16;

}  // namespace

IdTable::Hash IdTable::hash(std::string_view id) noexcept {
  const std::uint64_t wide = std::hash<std::string_view>{}(id);
  return static_cast<Hash>(wide ^ (wide >> 32));
}

void IdTable::reserve(std::size_t entries) {
  const std::size_t wanted = std::max(kSmallestTable, std::bit_ceil(2 * entries));
  if (entries == 0 || wanted <= slots_.size()) return;
  SecureVector<Slot> larger(wanted, Slot{});
  slots_.swap(larger);
  for (const Slot& slot : larger) {
    if (slot.row_plus_one != 0) place(slot);
  }
}

void IdTable::place(Slot slot) noexcept {
  std::size_t i = slot.hash & mask();
  while (slots_[i].row_plus_one != 0) i = (i + 1) & mask();
  slots_[i] = slot;
}

void IdTable::insert(Hash hash, std::size_t row) {
  reserve(count_ + 1);
  place({hash, static_cast<std::uint32_t>(row + 1)});
  ++count_;
}

std::size_t IdTable::slot_of(Hash hash, std::size_t row) const noexcept {
  std::size_t i = hash & mask();
  while (slots_[i].row_plus_one != row + 1) i = (i + 1) & mask();
  return i;
}

void IdTable::erase(Hash hash, std::size_t row) noexcept {
  std::size_t hole = slot_of(hash, row);
  // Close the hole: an entry behind it moves in unless its home lies (cyclically) after the hole,
  // so that no search meets an empty slot before its entry.
  for (std::size_t i = (hole + 1) & mask(); slots_[i].row_plus_one != 0; i = (i + 1) & mask()) {
    const std::size_t home = slots_[i].hash & mask();
    if (((i - home) & mask()) < ((i - hole) & mask())) continue;
    slots_[hole] = slots_[i];
    hole = i;
  }
  slots_[hole] = Slot{};
  --count_;
}

void IdTable::move(Hash hash, std::size_t from_row, std::size_t to_row) noexcept {
  slots_[slot_of(hash, from_row)].row_plus_one = static_cast<std::uint32_t>(to_row + 1);
}

void IdTable::clear() noexcept {
  SecureVector<Slot>().swap(slots_);
  count_ = 0;
}

}  // namespace mayfly::engine
