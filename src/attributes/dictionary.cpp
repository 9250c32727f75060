// SPDX-License-Identifier: Apache-2.0
#include "attributes/dictionary.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace mayfly::attributes {
namespace {

// FNV-1a over the text; the rest is mixed in by multiplication (Knuth, TAOCP vol. 3, 6.4).
std::uint32_t hash_of(AttributeId key, const Value& value) {
  std::uint64_t bits;
  std::memcpy(&bits, &value.number, sizeof bits);
  std::uint32_t hash = 2166136261u ^ key ^ static_cast<std::uint32_t>(value.kind);
  for (const std::uint64_t part : {bits, bits >> 32}) {
    hash = (hash ^ static_cast<std::uint32_t>(part)) * 0x9E3779B1u;
    hash ^= hash >> 15;
  }
  for (const char byte : value.text) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
  return hash ^ (hash >> 15);
}

}  // namespace

AttributeId Dictionary::find(AttributeId key, const Value& value) const {
  if (buckets_.empty()) return kNoAttribute;
  const std::uint32_t hash = hash_of(key, value);
  AttributeId id = buckets_[hash & (buckets_.size() - 1)];
  while (id != kNoAttribute && (entries_[id].hash != hash || entries_[id].key != key ||
                                compare(value_of(id), value) != 0)) {
    id = entries_[id].next;
  }
  return id;
}

AttributeId Dictionary::use(AttributeId key, const Value& value) {
  AttributeId id = find(key, value);
  if (id == kNoAttribute) {
    make_room(value.text.size());  // so that nothing below can fail
    id = first_free_;
    if (id != kNoAttribute) {
      first_free_ = entries_[id].next;
    } else {
      id = static_cast<AttributeId>(entries_.size());
      entries_.emplace_back();
    }
    const std::uint32_t hash = hash_of(key, value);
    AttributeId& first = bucket(hash);
    entries_[id] = {value.number, texts_.size(), value.text.size(), key, first, hash, 0,
                    value.kind};
    first = id;
    texts_.insert(texts_.end(), value.text.begin(), value.text.end());
    text_bytes_ += value.text.size();
    if (key != kNoAttribute) ++entries_[key].uses;
  }
  ++entries_[id].uses;
  return id;
}

void Dictionary::release(AttributeId id) noexcept {
  Entry& entry = entries_[id];
  if (--entry.uses != 0) return;
  AttributeId* link = &bucket(entry.hash);
  while (*link != id) link = &entries_[*link].next;
  *link = entry.next;
  const AttributeId key = entry.key;
  forget(entry);
  entry.next = first_free_;
  first_free_ = id;
  if (key != kNoAttribute) release(key);
}

void Dictionary::forget(Entry& entry) noexcept {
  if (entry.byte_count != 0) zero_memory(texts_.data() + entry.offset, entry.byte_count);
  text_bytes_ -= entry.byte_count;
  zero_memory(&entry, sizeof entry);
  entry.key = kNoAttribute;
}

Value Dictionary::value_of(AttributeId id) const {
  const Entry& entry = entries_[id];
  return {entry.kind, entry.number, {texts_.data() + entry.offset, entry.byte_count}};
}

void Dictionary::make_room(std::size_t text_bytes) {
  if (first_free_ == kNoAttribute && entries_.size() == entries_.capacity()) {
    if (entries_.size() >= kNoAttribute / 2) throw std::bad_alloc();
    entries_.reserve(2 * entries_.size() + 8);
  }
  if (entries_.size() >= buckets_.size()) double_buckets();
  if (text_bytes > texts_.capacity() - texts_.size()) gather_texts(text_bytes);
}

void Dictionary::double_buckets() {
  buckets_ =
      SecureVector<AttributeId>(2 * buckets_.size() + (buckets_.empty() ? 16 : 0), kNoAttribute);
  for (std::size_t id = 0; id < entries_.size(); ++id) {
    Entry& entry = entries_[id];
    if (entry.uses == 0) continue;
    entry.next = bucket(entry.hash);
    bucket(entry.hash) = static_cast<AttributeId>(id);
  }
}

// The texts move together into new memory with room for as many again, and the holes are gone.
void Dictionary::gather_texts(std::size_t added_bytes) {
  SecureVector<char> gathered;
  gathered.reserve(2 * text_bytes_ + added_bytes + 64);
  for (Entry& entry : entries_) {
    const auto text = texts_.begin() + static_cast<std::ptrdiff_t>(entry.offset);
    const std::size_t offset = gathered.size();
    gathered.insert(gathered.end(), text, text + static_cast<std::ptrdiff_t>(entry.byte_count));
    entry.offset = offset;
  }
  texts_.swap(gathered);
}

void Dictionary::clear() noexcept { *this = Dictionary(); }

}  // namespace mayfly::attributes
