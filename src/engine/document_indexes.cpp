// SPDX-License-Identifier: Apache-2.0
#include "engine/document_indexes.h"

namespace mayfly::engine {

void DocumentIndexes::append(std::span<const DocumentView> documents) {
  const std::size_t before = words_.size();
  try {
    for (const DocumentView& document : documents) {
      words_.append({document.title, document.headings, document.text});
      attributes_.append(document.metadata);
    }
  } catch (...) {
    // Last rows first, so that no other row moves.
    while (words_.size() > before) words_.remove(words_.size() - 1);
    while (attributes_.size() > before) attributes_.remove(attributes_.size() - 1);
    throw;
  }
}

void DocumentIndexes::replace(std::size_t row, const DocumentView& document) {
  words_.replace(row, {document.title, document.headings, document.text});
  attributes_.replace(row, document.metadata);
}

void DocumentIndexes::remove(std::size_t row) {
  words_.remove(row);
  attributes_.remove(row);
}

void DocumentIndexes::clear() {
  words_.clear();
  attributes_.clear();
}

}  // namespace mayfly::engine
