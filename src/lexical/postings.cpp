// SPDX-License-Identifier: Apache-2.0
#include "lexical/postings.h"

namespace mayfly::lexical {
namespace {

constexpr std::size_t kMaxPostingBytes = (1 + kFieldCount) * kMaxVarintBytes;

std::size_t write_posting(const Posting& posting, std::uint32_t slot_before, std::uint8_t* out) {
  const bool body_only = posting.counts[kTitle] == 0 && posting.counts[kHeadings] == 0;
  const std::uint32_t form = !body_only ? 2 : posting.counts[kBody] == 1 ? 0 : 1;
  std::size_t count = write_varint((posting.slot - slot_before) << 2 | form, out);
  if (form == 1) count += write_varint(posting.counts[kBody], out + count);
  if (form == 2) {
    for (const std::uint32_t n : posting.counts) count += write_varint(n, out + count);
  }
  return count;
}

// Where a slot stands in a list, or would stand.
struct Place {
  std::size_t begin;          // of the first posting that is not before the slot; or the end
  std::size_t end;            // of that posting
  std::uint32_t slot_before;  // of the posting before; 0: none
  Posting posting;            // the one at begin..end, if there is one
};

Place find_place(std::span<const std::uint8_t> bytes, std::uint32_t slot) {
  const std::uint8_t* at = bytes.data();
  Place place{0, 0, 0, {0, {}}};
  while (place.end != bytes.size()) {
    place.begin = place.end;
    place.posting = read_posting(at, place.slot_before);
    place.end = static_cast<std::size_t>(at - bytes.data());
    if (place.posting.slot >= slot) return place;
    place.slot_before = place.posting.slot;
  }
  place.begin = place.end;
  return place;
}

}  // namespace

void add_posting(BytePool& pool, PostingList& list, const Posting& posting) {
  std::uint8_t bytes[2 * kMaxPostingBytes];
  if (list.document_count == 0 || posting.slot > list.last_slot) {
    const std::size_t count = write_posting(posting, list.last_slot, bytes);
    pool.append(list.bytes, {bytes, count});
    list.last_slot = posting.slot;
  } else {
    const Place next = find_place(pool.bytes(list.bytes), posting.slot);
    std::size_t count = write_posting(posting, next.slot_before, bytes);
    count += write_posting(next.posting, posting.slot, bytes + count);
    pool.splice(list.bytes, next.begin, next.end, {bytes, count});
  }
  ++list.document_count;
}

void remove_posting(BytePool& pool, PostingList& list, std::uint32_t slot) {
  if (list.document_count == 1) {
    pool.release(list.bytes);
    list = {};
    return;
  }
  const auto all = pool.bytes(list.bytes);
  const Place removed = find_place(all, slot);
  if (removed.end == all.size()) {
    pool.splice(list.bytes, removed.begin, removed.end, {});
    list.last_slot = removed.slot_before;
  } else {
    // The posting behind it counts from the one before it.
    const std::uint8_t* at = all.data() + removed.end;
    const Posting next = read_posting(at, slot);
    const auto end = static_cast<std::size_t>(at - all.data());
    std::uint8_t bytes[kMaxPostingBytes];
    const std::size_t count = write_posting(next, removed.slot_before, bytes);
    pool.splice(list.bytes, removed.begin, end, {bytes, count});
  }
  --list.document_count;
}

}  // namespace mayfly::lexical
