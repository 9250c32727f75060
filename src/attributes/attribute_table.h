// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "attributes/dictionary.h"
#include "base/strict_json.h"
#include "base/zeroing_allocator.h"

namespace mayfly::attributes {

// The attributes of documents in rows 0..size()-1, numbered as engine::DocumentStore numbers them.
//
// A document's metadata is a JSON object. Each of its keys whose value is a string, a number or a
// boolean, or an array of those (tags), is an attribute; whatever else the object holds, null and
// objects within it among them, is passed over, and an empty array is like no key. Metadata that is
// not such an object has no attributes at all, and is no error: an empty string, other JSON, text
// that is not JSON (ill-formed UTF-8, numbers beyond a double), an object that names a key twice,
// more than kMaxMetadataDepth objects and arrays within each other.
//
// Memory is proportional to the attributes, of which there may be less than 2^32, however many
// different keys they have. What is freed is zeroed.
class AttributeTable {
 public:
  static constexpr std::size_t kMaxMetadataDepth = 256;

  std::size_t size() const { return first_links_.size(); }

  // Where memory runs out, no row changes.
  void append(std::string_view metadata);
  // The row must exist, here and below.
  void replace(std::size_t row, std::string_view metadata);
  // The last row moves to this number.
  void remove(std::size_t row) noexcept;
  void clear() noexcept;

  const Dictionary& dictionary() const { return dictionary_; }

  // Calls visit(id) for each attribute of the row, in no particular order; one that an array names
  // twice, twice.
  template <typename Visit>
  void for_each_attribute(std::size_t row, Visit&& visit) const {
    for (LinkId at = first_links_[row]; at != kNoLink; at = links_[at].next) {
      visit(links_[at].attribute);
    }
  }

 private:
  using LinkId = std::uint32_t;
  static constexpr LinkId kNoLink = 0;
  struct Link {
    AttributeId attribute;
    LinkId next;
  };

  void read(std::string_view metadata);
  void add(std::string_view key, const JsonValue& content);
  void double_links();
  void release(LinkId& chain) noexcept;

  Dictionary dictionary_;
  SecureVector<LinkId> first_links_;  // by row: a chain of links, or kNoLink
  SecureVector<Link> links_;          // the first is no one's
  LinkId free_links_ = kNoLink;
  LinkId read_links_ = kNoLink;  // of no row yet; or of none ever, where memory ran out
};

}  // namespace mayfly::attributes
