// SPDX-License-Identifier: Apache-2.0
#include "lexical/postings.h"

#include <algorithm>
#include <utility>
#include <vector>

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

void code_anew(BytePool& pool, PostingList& list, const SecureVector<Posting>& postings) {
  SecureVector<std::uint8_t> bytes(postings.size() * kMaxPostingBytes);
  std::size_t size = 0;
  std::uint32_t before = 0;
  for (const Posting& posting : postings) {
    size += write_posting(posting, before, bytes.data() + size);
    before = posting.slot;
  }
  pool.assign(list.bytes, {bytes.data(), size});
  list.document_count = static_cast<std::uint32_t>(postings.size());
  list.last_slot = before;
}

SecureVector<Posting> decode(const BytePool& pool, const PostingList& list) {
  SecureVector<Posting> postings;
  postings.reserve(list.document_count + std::size_t{1});
  for_each_posting(pool, list, [&](const Posting& posting) { postings.push_back(posting); });
  return postings;
}

bool before(const Posting& posting, std::uint32_t slot) { return posting.slot < slot; }

}  // namespace

void add_posting(BytePool& pool, PostingList& list, const Posting& posting) {
  if (list.document_count == 0 || posting.slot > list.last_slot) {
    std::uint8_t bytes[kMaxPostingBytes];
    const std::size_t count = write_posting(posting, list.last_slot, bytes);
    pool.append(list.bytes, {bytes, count});
    list.last_slot = posting.slot;
    ++list.document_count;
    return;
  }
  SecureVector<Posting> all = decode(pool, list);
  all.insert(std::lower_bound(all.begin(), all.end(), posting.slot, before), posting);
  code_anew(pool, list, all);
}

void remove_posting(BytePool& pool, PostingList& list, std::uint32_t slot) {
  SecureVector<Posting> all = decode(pool, list);
  all.erase(std::lower_bound(all.begin(), all.end(), slot, before));
  if (all.empty()) {
    pool.release(list.bytes);
    list = {};
  } else {
    code_anew(pool, list, all);
  }
}

}  // namespace mayfly::lexical
