// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

#include "lexical/byte_pool.h"
#include "lexical/fields.h"
#include "lexical/varint.h"

namespace mayfly::lexical {

// One document that has a word. `slot` is the index's own number of the document, below 2^30.
struct Posting {
  std::uint32_t slot;
  FieldCounts counts;  // how often, by field; not all 0
};
inline constexpr std::uint32_t kMaxSlots = 1u << 30;

// The documents of one word by ascending slot, about two bytes each: varint(4 * distance to the
// slot before + form), then by form 0: nothing, once in the body; 1: varint, so often in the body;
// 2: a varint for each field.
struct PostingList {
  BytePool::String bytes;
  std::uint32_t document_count = 0;
  std::uint32_t last_slot = 0;
};

// Where the slot is the highest so far, the cost is O(1); else the list is read up to the slot and
// what lies behind it moves. The document must not be in the list.
void add_posting(BytePool& pool, PostingList& list, const Posting& posting);
// The document must be in the list, which is read up to it. Its bytes are overwritten at once.
void remove_posting(BytePool& pool, PostingList& list, std::uint32_t slot);

// Reads the posting at `at` and moves `at` behind it; `slot` is that of the one before, 0 at first.
inline Posting read_posting(const std::uint8_t*& at, std::uint32_t slot) {
  const std::uint32_t head = read_varint(at);
  Posting posting{slot + (head >> 2), {}};
  const std::uint32_t form = head & 3;
  if (form == 2) {
    for (std::uint32_t& count : posting.counts) count = read_varint(at);
  } else {
    posting.counts = {0, 0, form == 0 ? 1 : read_varint(at)};
  }
  return posting;
}

// Calls take(Posting) for each, by ascending slot; the pool must not change meanwhile.
template <typename Take>
void for_each_posting(const BytePool& pool, const PostingList& list, Take&& take) {
  const auto bytes = pool.bytes(list.bytes);
  const std::uint8_t* at = bytes.data();
  const std::uint8_t* const end = at + bytes.size();
  for (std::uint32_t slot = 0; at != end;) {
    const Posting posting = read_posting(at, slot);
    slot = posting.slot;
    take(posting);
  }
}

}  // namespace mayfly::lexical
