// SPDX-License-Identifier: Apache-2.0
#include "lexical/vocabulary.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/sort_numbers.h"

namespace mayfly::lexical {
namespace {

constexpr std::size_t kMaxBytes = 0xF0000000;  // offsets have 32 bits

// FNV-1a (Fowler, Noll, Vo), finished by a multiplication so that the low bits depend on all.
std::uint32_t hash_of(std::string_view word) {
  std::uint32_t hash = 2166136261u;
  for (const char byte : word) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
  hash ^= hash >> 15;
  hash *= 0x2C1B3C6Du;
  return hash ^ (hash >> 12);
}

}  // namespace

std::string_view Vocabulary::word(TermId id) const {
  const Term& term = terms_[id];
  return {bytes_.data() + term.offset, term.byte_count};
}

TermId Vocabulary::find(std::string_view wanted) const {
  if (slots_.empty()) return kNoTerm;
  const std::uint32_t hash = hash_of(wanted);
  for (std::size_t i = hash & mask(); slots_[i] != kNoTerm; i = (i + 1) & mask()) {
    const TermId id = slots_[i];
    if (terms_[id].hash == hash && word(id) == wanted) return id;
  }
  return kNoTerm;
}

TermId Vocabulary::find_or_add(std::string_view wanted) {
  const TermId found = find(wanted);
  if (found != kNoTerm) return found;
  if (bytes_.size() + wanted.size() > kMaxBytes) {
    throw Error(ErrorCode::kOutOfMemory, "the index has more distinct words than fit; split it");
  }
  if (2 * (count_ + 1) > slots_.size()) grow();
  sorted_.reserve(sorted_.size() + 1 > sorted_.capacity() ? 2 * sorted_.size() + 64 : 0);
  const TermId id = free_ids_.empty() ? static_cast<TermId>(terms_.size()) : free_ids_.back();
  const Term term{static_cast<std::uint32_t>(bytes_.size()), hash_of(wanted),
                  static_cast<std::uint16_t>(wanted.size())};
  bytes_.insert(bytes_.end(), wanted.begin(), wanted.end());
  if (free_ids_.empty()) {
    terms_.push_back(term);
  } else {
    free_ids_.pop_back();
    terms_[id] = term;
  }
  place(id);
  sorted_.push_back(id);
  ++count_;
  return id;
}

void Vocabulary::remove(TermId id) {
  forget_sorted(id);
  erase_slot(slot_of(id));
  Term& term = terms_[id];
  zero_memory(bytes_.data() + term.offset, term.byte_count);
  unused_bytes_ += term.byte_count;
  term.byte_count = 0;
  --count_;
  free_ids_.push_back(id);
  if (unused_bytes_ > 4096 && 2 * unused_bytes_ > bytes_.size()) drop_unused_bytes();
}

std::span<const TermId> Vocabulary::sorted() const {
  const auto by_word = [this](TermId a, TermId b) { return word(a) < word(b); };
  // Most of them are in order already.
  if (in_order_ != sorted_.size()) sort_numbers(sorted_, by_word);
  in_order_ = sorted_.size();
  return sorted_;
}

std::size_t Vocabulary::byte_count() const {
  return bytes_.capacity() + terms_.capacity() * sizeof(Term) +
         (free_ids_.capacity() + slots_.capacity() + sorted_.capacity()) * sizeof(TermId);
}

std::size_t Vocabulary::slot_of(TermId id) const {
  std::size_t i = terms_[id].hash & mask();
  while (slots_[i] != id) i = (i + 1) & mask();
  return i;
}

void Vocabulary::grow() {
  const std::vector<TermId> old = std::exchange(
      slots_, std::vector<TermId>(std::max<std::size_t>(64, 2 * slots_.size()), kNoTerm));
  for (const TermId id : old) {
    if (id != kNoTerm) place(id);
  }
}

void Vocabulary::place(TermId id) {
  std::size_t i = terms_[id].hash & mask();
  while (slots_[i] != kNoTerm) i = (i + 1) & mask();
  slots_[i] = id;
}

// Algorithm R: entries that the gap would cut off from their first slot move into it.
void Vocabulary::erase_slot(std::size_t slot) {
  std::size_t gap = slot;
  for (std::size_t i = (gap + 1) & mask(); slots_[i] != kNoTerm; i = (i + 1) & mask()) {
    const std::size_t home = terms_[slots_[i]].hash & mask();
    if (((i - home) & mask()) < ((i - gap) & mask())) continue;
    slots_[gap] = slots_[i];
    gap = i;
  }
  slots_[gap] = kNoTerm;
}

void Vocabulary::forget_sorted(TermId id) {
  const auto middle = sorted_.begin() + static_cast<std::ptrdiff_t>(in_order_);
  auto found = std::lower_bound(sorted_.begin(), middle, word(id),
                                [this](TermId a, std::string_view b) { return word(a) < b; });
  if (found != middle && *found == id) {
    --in_order_;
    sorted_.erase(found);
    return;
  }
  found = std::find(middle, sorted_.end(), id);
  *found = sorted_.back();
  sorted_.pop_back();
}

void Vocabulary::drop_unused_bytes() {
  SecureVector<char> kept;
  kept.reserve(bytes_.size() - unused_bytes_);
  for (Term& term : terms_) {
    if (term.byte_count == 0) continue;
    const char* const begin = bytes_.data() + term.offset;
    term.offset = static_cast<std::uint32_t>(kept.size());
    kept.insert(kept.end(), begin, begin + term.byte_count);
  }
  bytes_ = std::move(kept);
  unused_bytes_ = 0;
}

}  // namespace mayfly::lexical
