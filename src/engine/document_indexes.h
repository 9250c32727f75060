// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>

#include "attributes/attribute_table.h"
#include "engine/document_view.h"
#include "lexical/lexical_index.h"

namespace mayfly::engine {

// What is searched of documents besides their vectors: words and attributes, in rows numbered as
// DocumentStore numbers them.
class DocumentIndexes {
 public:
  const lexical::LexicalIndex& words() const { return words_; }
  const attributes::AttributeTable& attributes() const { return attributes_; }

  // All or none: where memory runs out, nothing has changed.
  void append(std::span<const DocumentView> documents);
  // The row must exist, here and below. Where memory runs out, the row may have lost the words or
  // attributes of `document`.
  void replace(std::size_t row, const DocumentView& document);
  // The last row moves to this number.
  void remove(std::size_t row);
  void clear();

 private:
  lexical::LexicalIndex words_;
  attributes::AttributeTable attributes_;
};

}  // namespace mayfly::engine
