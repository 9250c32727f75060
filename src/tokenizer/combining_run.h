// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

#include "base/zeroing_allocator.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::tokenizer {

// The characters of non-zero combining class between two starters, for canonical reordering
// (Unicode 15, section 3.11, D109), with the reference's way of saying where each came from:
// reordering moves characters but not places. In the new order, each character takes the next place
// of the input; one that a decomposition inserted takes no new place but that of the character
// before it.
class CombiningRun {
 public:
  bool empty() const { return entries_.empty(); }

  // `dropped` characters take their place in the order and then vanish (they are marks).
  void add(char32_t code_point, std::uint8_t combining_class, bool dropped, Offset source);
  // A part, not the first and not dropped, of a character that decomposes.
  void add_inserted(char32_t code_point, std::uint8_t combining_class);

  // Calls emit(code_point, source) for what stays, in canonical order, and is then empty. `last` is
  // where the starter before the run came from.
  template <typename Emit>
  void flush(Offset last, Emit emit) {
    if (keeps_any_) {
      sort();
      std::size_t next = 0;
      for (const Entry& entry : entries_) {
        if (!entry.inserted) last = sources_[next++];
        if (!entry.dropped) emit(entry.code_point, last);
      }
    }
    entries_.clear();
    sources_.clear();
    keeps_any_ = false;
  }

 private:
  struct Entry {
    char32_t code_point;
    std::uint8_t combining_class;
    bool dropped;
    bool inserted;
  };
  void sort();  // by class, stable, in linear time

  SecureVector<Entry> entries_;
  SecureVector<Offset> sources_;  // of the entries that were not inserted, in input order
  bool keeps_any_ = false;
};

}  // namespace mayfly::tokenizer
