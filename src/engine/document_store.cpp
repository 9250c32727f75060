// SPDX-License-Identifier: Apache-2.0
#include "engine/document_store.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace mayfly::engine {

static_assert(std::is_nothrow_move_constructible_v<Document> &&
              std::is_nothrow_move_assignable_v<Document>);

namespace {

// Multiplicative hashing (Knuth, TAOCP vol. 3, 6.4): runs of numbers must not meet in the table.
IdTable::Hash hash_of(std::uint64_t insertion) noexcept {
  return static_cast<IdTable::Hash>(insertion * 0x9E3779B97F4A7C15u >> 32);
}

}  // namespace

Document::Document(const DocumentView& source) {
  const std::array<std::string_view, kParts> parts = {source.id, source.text, source.metadata,
                                                      source.title, source.headings};
  std::size_t size = 0;
  for (std::size_t i = 0; i < kParts; ++i) ends_[i] = size += parts[i].size();
  // Reserved in one go: a growing vector would copy the text several times.
  bytes_.reserve(size);
  for (const std::string_view part : parts) bytes_.insert(bytes_.end(), part.begin(), part.end());
}

DocumentView Document::view() const {
  const std::string_view all(bytes_.data(), bytes_.size());
  const auto part = [&](std::size_t i) {
    return all.substr(ends_[i - 1], ends_[i] - ends_[i - 1]);
  };
  return {all.substr(0, ends_[0]), part(1), part(2), part(3), part(4)};
}

std::size_t DocumentStore::find(std::string_view id) const {
  return rows_.find(IdTable::hash(id),
                    [&](std::size_t row) { return documents_[row].view().id == id; });
}

std::size_t DocumentStore::find_insertion(std::uint64_t insertion) const {
  return rows_of_insertions_.find(hash_of(insertion), [&](std::size_t row) {
    return documents_[row].insertion() == insertion;
  });
}

void DocumentStore::reserve(std::size_t documents) {
  // Doubling, so that many small additions do not copy the list each time.
  if (documents > documents_.capacity()) {
    documents_.reserve(std::max(documents, 2 * documents_.capacity()));
  }
  rows_.reserve(documents);
  rows_of_insertions_.reserve(documents);
}

void DocumentStore::append(Document&& document) {
  reserve(size() + 1);
  document.version_ = document.insertion_ = next_version_++;
  rows_.insert(IdTable::hash(document.view().id), size());
  rows_of_insertions_.insert(hash_of(document.insertion_), size());
  documents_.push_back(std::move(document));
}

void DocumentStore::replace(std::size_t row, Document&& document) noexcept {
  document.version_ = next_version_++;
  document.insertion_ = documents_[row].insertion_;
  documents_[row] = std::move(document);
}

void DocumentStore::remove(std::size_t row) noexcept {
  rows_.erase(IdTable::hash(documents_[row].view().id), row);
  rows_of_insertions_.erase(hash_of(documents_[row].insertion_), row);
  const std::size_t last = size() - 1;
  if (row != last) {
    rows_.move(IdTable::hash(documents_[last].view().id), last, row);
    rows_of_insertions_.move(hash_of(documents_[last].insertion_), last, row);
    documents_[row] = std::move(documents_[last]);
  }
  documents_.pop_back();
}

void DocumentStore::clear() noexcept {
  std::vector<Document>().swap(documents_);
  rows_.clear();
  rows_of_insertions_.clear();
}

}  // namespace mayfly::engine
