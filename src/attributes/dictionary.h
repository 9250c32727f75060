// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "attributes/value.h"
#include "base/zeroing_allocator.h"

namespace mayfly::attributes {

// Numbers of keys and of attributes (a key with one value), from 1; given again once forgotten.
using AttributeId = std::uint32_t;
inline constexpr AttributeId kNoAttribute = 0;

// The distinct keys, and for each its distinct values: every one once, however many documents have
// it, so that a filter looks at each value once. An attribute whose last use is released is
// forgotten and its memory zeroed; so is a key with its last attribute. Found by hash in O(1).
class Dictionary {
 public:
  // All ids are below it.
  std::size_t id_limit() const { return entries_.size(); }

  // kNoAttribute where there is none, here and below.
  AttributeId find_key(std::string_view name) const { return find(kNoAttribute, name_value(name)); }
  AttributeId find(AttributeId key, const Value& value) const;

  // Finds or adds the attribute, and counts one use. Name and value lie outside the dictionary.
  // Changes nothing where memory runs out.
  AttributeId use(std::string_view key_name, const Value& value);
  // The attribute must be in use, here and below.
  void release(AttributeId id) noexcept;

  // kNoAttribute where the id is a key's or not in use.
  AttributeId key_of(AttributeId id) const { return entries_[id].key; }
  Value value_of(AttributeId id) const;  // its text is valid until the next use()

 private:
  struct Entry {
    double number;
    std::size_t offset, byte_count;  // of the text
    AttributeId key;
    AttributeId next;  // in the bucket, or of the free ones
    std::uint32_t hash, uses;
    ValueKind kind;
    AttributeId bucket;  // no part of this entry: the first of those with this place's hash
  };

  static Value name_value(std::string_view name) { return {ValueKind::kString, 0, name}; }
  AttributeId& bucket(std::uint32_t hash) { return entries_[hash & (entries_.size() - 1)].bucket; }
  void make_room(std::size_t text_bytes);
  void double_entries();
  void gather_texts(std::size_t added_bytes);
  AttributeId add(AttributeId key, const Value& value) noexcept;

  SecureVector<Entry> entries_;  // none, or a power of two; the first is no one's
  AttributeId first_free_ = kNoAttribute;
  std::size_t free_count_ = 0;
  SecureVector<char> texts_;
  std::size_t texts_end_ = 0;   // what is beyond it, or belongs to no entry, is zero
  std::size_t text_bytes_ = 0;  // of entries
};

}  // namespace mayfly::attributes
