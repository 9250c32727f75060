// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/row_set.h"
#include "index/flat_index.h"
#include "index/row_hit.h"

namespace mayfly::engine {

// The vectors of documents in rows 0..size()-1, numbered as DocumentStore numbers them: one for
// each passage, or none yet, or for the time being one of each passage's beginning. A document's
// score is that of its best passage. What is freed is zeroed.
class DocumentVectors {
 public:
  // dim 1..index::kMaxDim, else Error(kInvalidArgument).
  explicit DocumentVectors(std::size_t dim) : passages_(dim) {}

  std::size_t dim() const { return passages_.dim(); }
  std::size_t size() const { return documents_.size(); }
  std::size_t passage_count() const { return passages_.size(); }
  std::size_t byte_count() const;

  // Documents whose passages have not been embedded, or not in full.
  std::size_t pending_count() const { return pending_count_; }
  bool is_pending(std::size_t row) const { return !documents_[row].complete; }
  // Without any, no search finds them.
  bool has_vectors(std::size_t row) const { return !documents_[row].passages.empty(); }

  void append_pending() { append_pending(1); }
  void append_pending(std::size_t documents);
  // f32 [passages, dim], 1..kMaxPassages of them; each of unit length or all zeros, as
  // FlatIndex::append wants them (errors too). The row must exist, here and below. All or none.
  // Of equal scores the lesser `insertion` (below 2^40) comes first: not the order of these calls,
  // which is that of embedding.
  static constexpr std::size_t kMaxPassages = std::size_t{1} << 24;
  // Not `complete`: of the passages' beginnings.
  void set(std::size_t row, std::span<const float> vectors, std::uint64_t insertion,
           bool complete = true);
  // Its row is its insertion.
  void append(std::span<const float> vectors);
  void make_pending(std::size_t row) { exchange(row, {}); }
  // The last row moves to this number.
  void remove(std::size_t row);
  void clear();

  // The k best documents, best first; fewer when there are fewer. k >= 1, query f32 [dim] of unit
  // length.
  std::vector<index::RowHit> search(std::span<const float> query, std::size_t k) const;
  // The same of the rows that are in the set.
  std::vector<index::RowHit> search(std::span<const float> query, std::size_t k,
                                    const RowSet& set) const;
  // Of these rows those that have vectors, best first.
  std::vector<index::RowHit> score(std::span<const float> query,
                                   std::span<const std::uint32_t> rows) const;
  // Of the passages of these rows, best first: each with the number of its row.
  std::vector<index::RowHit> score_passages(std::span<const float> query,
                                            std::span<const std::uint32_t> rows) const;
  // The place among the row's passages of the best one, and its score. It must have vectors.
  struct Passage {
    std::size_t place;
    float score;
  };
  Passage best_passage(std::span<const float> query, std::size_t row) const;

 private:
  struct Passages {
    std::vector<std::uint32_t> passages;  // in their order
    bool complete = false;
  };

  std::vector<index::RowHit> best_documents(std::span<const index::RowHit> passages,
                                            std::size_t k) const;
  std::vector<index::RowHit> search_passages(std::span<const float> query, std::size_t k,
                                             const RowSet* passages) const;
  std::vector<index::RowHit> score_own(std::span<const float> query,
                                       std::span<const std::uint32_t> rows) const;
  void exchange(std::size_t row, Passages passages);
  void drop_passages(std::vector<std::uint32_t> passages);
  void drop_passage(std::uint32_t passage);

  index::FlatIndex passages_;
  std::vector<std::uint32_t> owners_;  // by passage: its document's row
  std::vector<Passages> documents_;    // by row
  std::size_t pending_count_ = 0, with_vectors_ = 0;
};

}  // namespace mayfly::engine
