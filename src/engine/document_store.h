// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/zeroing_allocator.h"
#include "engine/document_view.h"
#include "engine/id_table.h"

namespace mayfly::engine {

// One document's own copy of its strings, in one piece of memory that is zeroed when freed.
class Document {
 public:
  explicit Document(const DocumentView& source);

  // Stays valid when the Document is moved.
  DocumentView view() const;

  // Numbers that the store gives, 1, 2, ...; none twice. A replaced document's version is new, its
  // insertion that of the first version: what of equals comes first.
  std::uint64_t version() const { return version_; }
  std::uint64_t insertion() const { return insertion_; }

  // Tokens of its passages beyond the model's limit; known once they are embedded.
  std::size_t dropped = 0;

 private:
  friend class DocumentStore;
  static constexpr std::size_t kParts = 5;

  SecureVector<char> bytes_;                   // the view's strings, one after the other
  std::array<std::size_t, kParts> ends_ = {};  // of each in bytes_
  std::uint64_t version_ = 0, insertion_ = 0;
};

// Documents in rows 0..size()-1 without holes, found by id and by insertion in O(1). Moves rows
// exactly as index::FlatIndex does, so that a document and its vector have the same row number.
class DocumentStore {
 public:
  static constexpr std::size_t kNone = IdTable::kNone;

  std::size_t size() const { return documents_.size(); }
  std::size_t find(std::string_view id) const;  // its row, or kNone
  std::size_t find_insertion(std::uint64_t insertion) const;
  const Document& at(std::size_t row) const { return documents_[row]; }

  // After it, documents can be appended up to that number in all without an allocation.
  void reserve(std::size_t documents);

  // No document of that id may be there.
  void append(Document&& document);
  // The row's document must have the same id.
  void replace(std::size_t row, Document&& document) noexcept;
  void set_dropped(std::size_t row, std::size_t tokens) { documents_[row].dropped = tokens; }
  // The last document moves to this row. The row must exist.
  void remove(std::size_t row) noexcept;
  void clear() noexcept;

 private:
  std::vector<Document> documents_;
  IdTable rows_, rows_of_insertions_;
  std::uint64_t next_version_ = 1;  // goes on after clear()
};

}  // namespace mayfly::engine
