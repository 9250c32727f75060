// SPDX-License-Identifier: Apache-2.0
#include "attributes/dictionary.h"

#include <cstring>

namespace mayfly::attributes {
namespace {

constexpr std::size_t kFirstEntries = 16;  // at least 4: one use() takes two
constexpr std::size_t kFirstTextBytes = 64;

// FNV-1a over the text; the rest is mixed in by multiplication (Knuth, TAOCP vol. 3, 6.4).
std::uint32_t hash_of(AttributeId key, const Value& value) {
  std::uint64_t bits;
  std::memcpy(&bits, &value.number, sizeof bits);
  std::uint32_t hash = 2166136261u ^ key ^ static_cast<std::uint32_t>(value.kind);
  for (int i = 0; i < 2; ++i, bits >>= 32) {
    hash = (hash ^ static_cast<std::uint32_t>(bits)) * 0x9E3779B1u;
    hash ^= hash >> 15;
  }
  for (const char byte : value.text) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
  return hash ^ (hash >> 15);
}

}  // namespace

AttributeId Dictionary::find(AttributeId key, const Value& value) const {
  if (entries_.empty()) return kNoAttribute;
  const std::uint32_t hash = hash_of(key, value);
  AttributeId id = entries_[hash & (entries_.size() - 1)].bucket;
  while (id != kNoAttribute && (entries_[id].hash != hash || entries_[id].key != key ||
                                compare(value_of(id), value) != 0)) {
    id = entries_[id].next;
  }
  return id;
}

AttributeId Dictionary::use(std::string_view key_name, const Value& value) {
  AttributeId key = find_key(key_name);
  AttributeId id = key == kNoAttribute ? kNoAttribute : find(key, value);
  if (id == kNoAttribute) {
    make_room(key_name.size() + value.text.size());
    if (key == kNoAttribute) key = add(kNoAttribute, name_value(key_name));
    id = add(key, value);
    ++entries_[key].uses;
  }
  ++entries_[id].uses;
  return id;
}

AttributeId Dictionary::add(AttributeId key, const Value& value) noexcept {
  const AttributeId id = first_free_;
  Entry& entry = entries_[id];
  first_free_ = entry.next;
  --free_count_;
  entry.number = value.number;
  entry.offset = texts_end_;
  entry.byte_count = value.text.size();
  entry.key = key;
  entry.hash = hash_of(key, value);
  entry.kind = value.kind;
  entry.next = bucket(entry.hash);
  bucket(entry.hash) = id;
  for (const char byte : value.text) texts_[texts_end_++] = byte;
  text_bytes_ += entry.byte_count;
  return id;
}

void Dictionary::release(AttributeId id) noexcept {
  // Once more for the key, where this was its last attribute.
  while (id != kNoAttribute && --entries_[id].uses == 0) {
    Entry& entry = entries_[id];
    AttributeId* link = &bucket(entry.hash);
    while (*link != id) link = &entries_[*link].next;
    *link = entry.next;

    if (entry.byte_count != 0) zero_memory(texts_.data() + entry.offset, entry.byte_count);
    text_bytes_ -= entry.byte_count;
    const AttributeId key = entry.key;
    const AttributeId others_bucket = entry.bucket;
    zero_memory(&entry, sizeof entry);
    entry.bucket = others_bucket;
    entry.next = first_free_;
    first_free_ = id;
    ++free_count_;
    id = key;
  }
}

Value Dictionary::value_of(AttributeId id) const {
  const Entry& entry = entries_[id];
  return {entry.kind, entry.number, {texts_.data() + entry.offset, entry.byte_count}};
}

// For a key and an attribute with that many bytes of text in both.
void Dictionary::make_room(std::size_t text_bytes) {
  if (free_count_ < 2) double_entries();
  if (text_bytes > texts_.size() - texts_end_) gather_texts(text_bytes);
}

void Dictionary::double_entries() {
  const std::size_t old_size = entries_.size();
  SecureVector<Entry> larger(old_size == 0 ? kFirstEntries : 2 * old_size);
  for (std::size_t id = 0; id < old_size; ++id) {
    larger[id] = entries_[id];
    larger[id].bucket = kNoAttribute;
  }
  entries_.swap(larger);
  for (std::size_t id = entries_.size() - 1; id > 0; --id) {
    Entry& entry = entries_[id];
    const bool is_new = id >= old_size;
    AttributeId& first = is_new ? first_free_ : bucket(entry.hash);
    if (!is_new && entry.uses == 0) continue;  // free already
    entry.next = first;
    first = static_cast<AttributeId>(id);
    free_count_ += is_new;
  }
}

// The texts move together into new memory with room for as many again.
void Dictionary::gather_texts(std::size_t added_bytes) {
  SecureVector<char> gathered(2 * text_bytes_ + added_bytes + kFirstTextBytes);
  texts_end_ = 0;
  for (Entry& entry : entries_) {
    const std::size_t offset = texts_end_;
    for (std::size_t i = 0; i < entry.byte_count; ++i) {
      gathered[texts_end_++] = texts_[entry.offset + i];
    }
    entry.offset = offset;
  }
  texts_.swap(gathered);
}

}  // namespace mayfly::attributes
