// SPDX-License-Identifier: Apache-2.0
#include "engine/document_store.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace mayfly::engine {

static_assert(std::is_nothrow_move_constructible_v<Document> &&
              std::is_nothrow_move_assignable_v<Document>);

Document::Document(const DocumentView& source)
    : id_size_(source.id.size()), text_size_(source.text.size()) {
  // Reserved in one go: a growing vector would copy the text several times.
  bytes_.reserve(source.id.size() + source.text.size() + source.metadata.size());
  for (const std::string_view part : {source.id, source.text, source.metadata}) {
    bytes_.insert(bytes_.end(), part.begin(), part.end());
  }
}

DocumentView Document::view() const {
  const std::string_view all(bytes_.data(), bytes_.size());
  return {all.substr(0, id_size_), all.substr(id_size_, text_size_),
          all.substr(id_size_ + text_size_)};
}

std::size_t DocumentStore::find(std::string_view id) const {
  return rows_.find(IdTable::hash(id),
                    [&](std::size_t row) { return documents_[row].view().id == id; });
}

void DocumentStore::reserve(std::size_t documents) {
  // Doubling, so that many small additions do not copy the list each time.
  if (documents > documents_.capacity()) {
    documents_.reserve(std::max(documents, 2 * documents_.capacity()));
  }
  rows_.reserve(documents);
}

void DocumentStore::append(Document&& document) {
  reserve(size() + 1);
  rows_.insert(IdTable::hash(document.view().id), size());
  documents_.push_back(std::move(document));
}

void DocumentStore::replace(std::size_t row, Document&& document) noexcept {
  documents_[row] = std::move(document);
}

void DocumentStore::remove(std::size_t row) noexcept {
  rows_.erase(IdTable::hash(documents_[row].view().id), row);
  const std::size_t last = size() - 1;
  if (row != last) {
    rows_.move(IdTable::hash(documents_[last].view().id), last, row);
    documents_[row] = std::move(documents_[last]);
  }
  documents_.pop_back();
}

void DocumentStore::clear() noexcept {
  std::vector<Document>().swap(documents_);
  rows_.clear();
}

}  // namespace mayfly::engine
