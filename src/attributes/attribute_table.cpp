// SPDX-License-Identifier: Apache-2.0
#include "attributes/attribute_table.h"

#include <utility>

#include "attributes/json_value.h"

namespace mayfly::attributes {

void AttributeTable::append(std::string_view metadata) {
  read(metadata);
  first_links_.push_back(read_links_);
  read_links_ = kNoLink;
}

void AttributeTable::replace(std::size_t row, std::string_view metadata) {
  read(metadata);
  std::swap(first_links_[row], read_links_);
  release(read_links_);
}

void AttributeTable::remove(std::size_t row) noexcept {
  release(first_links_[row]);
  first_links_[row] = first_links_.back();
  first_links_.pop_back();
}

void AttributeTable::clear() noexcept { *this = AttributeTable(); }

void AttributeTable::read(std::string_view metadata) {
  release(read_links_);
  if (metadata.empty()) return;
  const StrictJson parsed = parse_strict_json(metadata, kMaxMetadataDepth);
  if (!parsed.value.is(JsonKind::kObject)) return;
  for (const JsonValue& member : parsed.value.parts) {
    if (member.is(JsonKind::kArray)) {
      for (const JsonValue& element : member.parts) add(member.name, element);
    } else {
      add(member.name, member);
    }
  }
}

void AttributeTable::add(std::string_view key, const JsonValue& content) {
  const std::optional<Value> value = value_of(content);
  if (!value) return;
  if (free_links_ == kNoLink) double_links();
  Link& link = links_[free_links_];
  link.attribute = dictionary_.use(key, *value);
  const LinkId next_free = link.next;
  link.next = read_links_;
  read_links_ = free_links_;
  free_links_ = next_free;
}

void AttributeTable::double_links() {
  const std::size_t old_size = links_.size();
  SecureVector<Link> larger(old_size == 0 ? 16 : 2 * old_size);
  for (std::size_t i = 0; i < old_size; ++i) larger[i] = links_[i];
  links_.swap(larger);
  for (std::size_t i = links_.size() - 1; i > 0 && i >= old_size; --i) {
    links_[i].next = free_links_;
    free_links_ = static_cast<LinkId>(i);
  }
}

void AttributeTable::release(LinkId& chain) noexcept {
  while (chain != kNoLink) {
    Link& link = links_[chain];
    dictionary_.release(link.attribute);
    const LinkId next = link.next;
    link = {kNoAttribute, free_links_};
    free_links_ = chain;
    chain = next;
  }
}

}  // namespace mayfly::attributes
