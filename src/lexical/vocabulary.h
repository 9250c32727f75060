// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::lexical {

// Numbers that the vocabulary gives to words: dense, and given again once a word is removed.
using TermId = std::uint32_t;
inline constexpr TermId kNoTerm = 0xFFFFFFFF;

// The distinct words of an index, each once, in memory that is zeroed when a word is removed.
// Found by hash in O(1) (linear probing; Knuth, TAOCP vol. 3, 6.4, algorithms L and R) and, for
// prefixes and similar words, in byte order, which for UTF-8 is the order of code points.
class Vocabulary {
 public:
  std::size_t size() const { return count_; }
  // All ids are below it.
  std::size_t id_limit() const { return terms_.size(); }

  TermId find(std::string_view word) const;
  // `word` has 1..65535 bytes.
  TermId find_or_add(std::string_view word);
  // The id must be in use, here and below.
  void remove(TermId id);
  std::string_view word(TermId id) const;  // valid until the next addition or removal

  // Every id in use, by word. Sorting is put off until it is asked for: an index that is only built
  // never sorts. (Hence `mutable`; an index belongs to one thread.)
  std::span<const TermId> sorted() const;

  std::size_t byte_count() const;

 private:
  struct Term {
    std::uint32_t offset, hash;
    std::uint16_t byte_count;  // 0: the id is free
  };

  std::size_t mask() const { return slots_.size() - 1; }
  std::size_t slot_of(TermId id) const;
  void grow();
  void place(TermId id);
  void erase_slot(std::size_t slot);
  void forget_sorted(TermId id);
  void drop_unused_bytes();

  SecureVector<char> bytes_;
  std::size_t unused_bytes_ = 0;
  std::vector<Term> terms_;
  std::vector<TermId> free_ids_;
  std::vector<TermId> slots_;  // none, or a power of two, at least twice the words; kNoTerm: empty
  std::size_t count_ = 0;
  mutable std::vector<TermId> sorted_;
  mutable std::size_t in_order_ = 0;  // sorted_ is in order up to here
};

}  // namespace mayfly::lexical
