// SPDX-License-Identifier: Apache-2.0
#include "attributes/select.h"

#include <vector>

namespace mayfly::attributes {
namespace {

using Kind = Node::Kind;

class Selection {
 public:
  Selection(const AttributeTable& table, const std::vector<Node>& nodes)
      : table_(table), dictionary_(table.dictionary()), nodes_(nodes) {}

  RowSet rows_of(std::size_t node) const {
    const Kind kind = nodes_[node].kind;
    RowSet rows(table_.size());
    if (kind == Kind::kOneOf || kind == Kind::kRange) {
      insert_rows_with(node, rows);
      return rows;
    }
    // kAll as "none of them fails", so that all three unite.
    const bool is_all = kind == Kind::kAll;
    for (std::size_t part = node + 1; part < nodes_[node].end; part = nodes_[part].end) {
      RowSet passing = rows_of(part);
      if (is_all) passing.invert();
      rows.unite(passing);
    }
    if (kind != Kind::kAny) rows.invert();
    return rows;
  }

 private:
  // Of the node, kOneOf or kRange.
  void insert_rows_with(std::size_t node, RowSet& rows) const {
    const AttributeId key = dictionary_.find_key(nodes_[node].key);
    if (key == kNoAttribute) return;
    std::vector<char> accepted(dictionary_.id_limit());  // by attribute
    if (nodes_[node].kind == Kind::kOneOf) {
      for (std::size_t part = node + 1; part < nodes_[node].end; ++part) {
        // Of a value that no document has, kNoAttribute is marked, and no document has that.
        accepted[dictionary_.find(key, nodes_[part].value)] = 1;
      }
    } else {
      for (AttributeId id = 1; id < accepted.size(); ++id) {
        accepted[id] = dictionary_.key_of(id) == key && is_within(dictionary_.value_of(id), node);
      }
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
      table_.for_each_attribute(row, [&](AttributeId id) {
        if (accepted[id] != 0) rows.insert(row);
      });
    }
  }

  bool is_within(const Value& value, std::size_t range) const {
    for (std::size_t part = range + 1; part < nodes_[range].end; ++part) {
      const Node& bound = nodes_[part];
      if (value.kind != bound.value.kind) return false;
      const int order = compare(value, bound.value);
      if (order == 0 ? !bound.is_inclusive : bound.is_lower != (order > 0)) return false;
    }
    return true;
  }

  const AttributeTable& table_;
  const Dictionary& dictionary_;
  const std::vector<Node>& nodes_;
};

}  // namespace

RowSet select(const AttributeTable& table, const Filter& filter) {
  return Selection(table, filter.nodes).rows_of(0);
}

}  // namespace mayfly::attributes
