// SPDX-License-Identifier: Apache-2.0
#include "attributes/attribute_table.h"

#include <new>
#include <string>

#include "attributes/json_value.h"
#include "base/strict_json.h"

namespace mayfly::attributes {

using nlohmann::json;

// A chain that belongs to no row yet; released unless it is taken.
class AttributeTable::NewChain {
 public:
  explicit NewChain(AttributeTable& table) : table_(table) {}
  ~NewChain() { table_.release_chain(first_); }
  NewChain(const NewChain&) = delete;
  NewChain& operator=(const NewChain&) = delete;

  void add_key(const std::string& name, const json& content) {
    // Held while its values are added, so that it is there for the first and gone if there is none.
    struct HeldKey {
      ~HeldKey() { dictionary.release(id); }
      Dictionary& dictionary;
      AttributeId id;
    } key{table_.dictionary_, table_.dictionary_.use_key(name)};
    if (const auto* elements = content.get_ptr<const json::array_t*>()) {
      for (const json& element : *elements) add_value(key.id, element);
    } else {
      add_value(key.id, content);
    }
  }

  std::uint32_t take() {
    const std::uint32_t first = first_;
    first_ = kEnd;
    return first;
  }

 private:
  void add_value(AttributeId key, const json& content) {
    const std::optional<Value> value = value_of(content);
    if (!value) return;
    SecureVector<Link>& links = table_.links_;
    std::uint32_t& free = table_.free_links_;
    if (free == kEnd) {
      if (links.size() == kEnd) throw std::bad_alloc();
      links.push_back({kNoAttribute, kEnd});
      free = static_cast<std::uint32_t>(links.size() - 1);
    }
    Link& link = links[free];
    link.attribute = table_.dictionary_.use(key, *value);
    const std::uint32_t next_free = link.next;
    link.next = first_;
    first_ = free;
    free = next_free;
  }

  AttributeTable& table_;
  std::uint32_t first_ = kEnd;
};

void AttributeTable::append(std::string_view metadata) {
  first_links_.push_back(kEnd);
  try {
    first_links_.back() = chain_of(metadata);
  } catch (...) {
    first_links_.pop_back();
    throw;
  }
}

void AttributeTable::replace(std::size_t row, std::string_view metadata) {
  const std::uint32_t chain = chain_of(metadata);
  release_chain(first_links_[row]);
  first_links_[row] = chain;
}

void AttributeTable::remove(std::size_t row) noexcept {
  release_chain(first_links_[row]);
  first_links_[row] = first_links_.back();
  first_links_.pop_back();
}

void AttributeTable::clear() noexcept { *this = AttributeTable(); }

std::uint32_t AttributeTable::chain_of(std::string_view metadata) {
  if (metadata.empty()) return kEnd;
  const StrictJson parsed = parse_strict_json(metadata, kMaxMetadataDepth);
  NewChain chain(*this);
  if (const auto* object = parsed.value.get_ptr<const json::object_t*>()) {
    for (const auto& [name, content] : *object) chain.add_key(name, content);
  }
  return chain.take();
}

void AttributeTable::release_chain(std::uint32_t chain) noexcept {
  while (chain != kEnd) {
    Link& link = links_[chain];
    dictionary_.release(link.attribute);
    const std::uint32_t next = link.next;
    link = {0, free_links_};
    free_links_ = chain;
    chain = next;
  }
}

}  // namespace mayfly::attributes
