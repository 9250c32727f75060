// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/zeroing_allocator.h"

namespace mayfly::engine {

// Finds the row of an id in O(1) without holding the id: it stores hashes, and the caller compares
// the ids of candidate rows. So ids live in one place only, where they are zeroed.
// Open addressing with linear probing (Knuth, TAOCP vol. 3, 6.4, algorithms L and R).
class IdTable {
 public:
  using Hash = std::uint32_t;
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  static Hash hash(std::string_view id) noexcept;

  // After it, that many entries in all can be inserted without an allocation. At most 2^31.
  void reserve(std::size_t entries);

  // The row with this hash for which is_match(row) is true, or kNone.
  template <typename IsMatch>
  std::size_t find(Hash hash, IsMatch&& is_match) const {
    if (slots_.empty()) return kNone;
    for (std::size_t i = hash & mask(); slots_[i].row_plus_one != 0; i = (i + 1) & mask()) {
      const std::size_t row = slots_[i].row_plus_one - 1;
      if (slots_[i].hash == hash && is_match(row)) return row;
    }
    return kNone;
  }

  // The row must not be there yet.
  void insert(Hash hash, std::size_t row);
  // The entry must be there, in both.
  void erase(Hash hash, std::size_t row) noexcept;
  void move(Hash hash, std::size_t from_row, std::size_t to_row) noexcept;
  void clear() noexcept;

 private:
  struct Slot {
    Hash hash;
    std::uint32_t row_plus_one;  // 0: empty
  };

  std::size_t mask() const noexcept { return slots_.size() - 1; }
  std::size_t slot_of(Hash hash, std::size_t row) const noexcept;
  void place(Slot slot) noexcept;

  SecureVector<Slot> slots_;  // none, or a power of two, at least twice the entries
  std::size_t count_ = 0;
};

}  // namespace mayfly::engine
