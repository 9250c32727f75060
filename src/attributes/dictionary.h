// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "attributes/value.h"
#include "base/zeroing_allocator.h"

namespace mayfly::attributes {

// Numbers of keys and of attributes (a key with one value); given again once they are forgotten.
using AttributeId = std::uint32_t;
inline constexpr AttributeId kNoAttribute = 0xFFFFFFFF;

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

  // Finds or adds, and counts one use. `name` and `value` lie outside the dictionary.
  AttributeId use_key(std::string_view name) { return use(kNoAttribute, name_value(name)); }
  AttributeId use(AttributeId key, const Value& value);
  // The attribute or key must be in use, here and below.
  void release(AttributeId id) noexcept;

  // kNoAttribute of a key, and of an id that is not in use.
  AttributeId key_of(AttributeId id) const { return entries_[id].key; }
  Value value_of(AttributeId id) const;  // its text is valid until the next use()

  void clear() noexcept;

 private:
  struct Entry {
    double number;
    std::size_t offset, byte_count;  // of the text
    AttributeId key;                 // kNoAttribute: this is the name of a key
    AttributeId next;                // in the bucket, or of the free ones
    std::uint32_t hash, uses;        // uses 0: free
    ValueKind kind;
  };

  static Value name_value(std::string_view name) { return {ValueKind::kString, 0, name}; }
  AttributeId& bucket(std::uint32_t hash) { return buckets_[hash & (buckets_.size() - 1)]; }
  void make_room(std::size_t text_bytes);
  void double_buckets();
  void gather_texts(std::size_t added_bytes);
  void forget(Entry& entry) noexcept;

  SecureVector<Entry> entries_;
  SecureVector<AttributeId> buckets_;  // none, or a power of two, at least as many as entries
  SecureVector<char> texts_;           // holes are zero
  std::size_t text_bytes_ = 0;         // without holes
  AttributeId first_free_ = kNoAttribute;
};

}  // namespace mayfly::attributes
