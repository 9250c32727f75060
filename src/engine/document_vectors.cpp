// SPDX-License-Identifier: Apache-2.0
#include "engine/document_vectors.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/sort_numbers.h"

namespace mayfly::engine {

std::size_t DocumentVectors::byte_count() const {
  std::size_t bytes = passages_.byte_count() + owners_.capacity() * sizeof(owners_[0]) +
                      documents_.capacity() * sizeof(documents_[0]);
  for (const auto& document : documents_) {
    bytes += document.passages.capacity() * sizeof(document.passages[0]);
  }
  return bytes;
}

void DocumentVectors::append_pending(std::size_t documents) {
  documents_.resize(size() + documents);
  pending_count_ += documents;
}

void DocumentVectors::set(std::size_t row, std::span<const float> vectors, std::uint64_t insertion,
                          bool complete) {
  if (vectors.empty() || vectors.size() / dim() > kMaxPassages) {
    throw Error(ErrorCode::kInvalidArgument,
                "a document needs a vector for each of its passages, of which it may have 2^24");
  }
  // The new passages stand behind all others before the old ones go. No index of their own holds
  // them meanwhile: its first block would be a thousand rows, made and zeroed for each document.
  const std::size_t first = passage_count();
  std::vector<std::uint32_t> passages((vectors.size() + dim() - 1) / dim());
  std::iota(passages.begin(), passages.end(), static_cast<std::uint32_t>(first));
  owners_.resize(first + passages.size(), static_cast<std::uint32_t>(row));
  try {
    for (std::size_t i = 0; i < passages.size(); ++i) {
      const std::size_t at = i * dim();
      passages_.append(vectors.subspan(at, std::min(dim(), vectors.size() - at)),
                       insertion * kMaxPassages + i);
    }
  } catch (...) {
    while (passages_.size() > first) passages_.remove(passages_.size() - 1);
    owners_.resize(first);
    throw;
  }
  exchange(row, {std::move(passages), complete});
}

void DocumentVectors::append(std::span<const float> vectors) {
  append_pending();
  try {
    set(size() - 1, vectors, size() - 1);
  } catch (...) {
    remove(size() - 1);
    throw;
  }
}

void DocumentVectors::exchange(std::size_t row, Passages passages) {
  Passages& document = documents_[row];
  pending_count_ += std::size_t{document.complete} - std::size_t{passages.complete};
  with_vectors_ += std::size_t{!passages.passages.empty()} - std::size_t{has_vectors(row)};
  drop_passages(std::exchange(document, std::move(passages)).passages);
}

// The last of them first, so that none of the others is the one that moves.
void DocumentVectors::drop_passages(std::vector<std::uint32_t> passages) {
  sort_ascending(passages);
  while (!passages.empty()) {
    drop_passage(passages.back());
    passages.pop_back();
  }
}

// Its document must not name it any more.
void DocumentVectors::drop_passage(std::uint32_t passage) {
  const auto last = static_cast<std::uint32_t>(passage_count() - 1);
  if (passage != last) {
    auto& moved = documents_[owners_[last]].passages;
    *std::find(moved.begin(), moved.end(), last) = passage;
    owners_[passage] = owners_[last];
  }
  owners_.pop_back();
  passages_.remove(passage);
}

void DocumentVectors::remove(std::size_t row) {
  make_pending(row);
  const std::size_t last = size() - 1;
  if (row != last) {
    documents_[row] = std::move(documents_[last]);
    for (const std::uint32_t passage : documents_[row].passages) {
      owners_[passage] = static_cast<std::uint32_t>(row);
    }
  }
  documents_.pop_back();
  --pending_count_;
}

void DocumentVectors::clear() {
  passages_.clear();
  std::vector<std::uint32_t>().swap(owners_);
  std::vector<Passages>().swap(documents_);
  pending_count_ = with_vectors_ = 0;
}

// The first of a document's passages is its best.
std::vector<index::RowHit> DocumentVectors::best_documents(std::span<const index::RowHit> passages,
                                                           std::size_t k) const {
  RowSet seen(size());
  std::vector<index::RowHit> hits;
  for (const index::RowHit& passage : passages) {
    const std::size_t row = owners_[passage.row];
    if (seen.contains(row)) continue;
    seen.insert(row);
    hits.push_back({row, passage.score});
    if (hits.size() == k) break;
  }
  return hits;
}

// Looks at more passages until they are of k documents.
std::vector<index::RowHit> DocumentVectors::search_passages(std::span<const float> query,
                                                            std::size_t k,
                                                            const RowSet* passages) const {
  k = std::min(k, std::max<std::size_t>(1, with_vectors_));  // so that no depth overflows
  const bool single = passage_count() == with_vectors_;
  for (std::size_t depth = single ? k : 2 * k;; depth *= 4) {
    const auto found = passages != nullptr ? passages_.search(query, depth, *passages)
                                           : passages_.search(query, depth);
    auto hits = best_documents(found, k);
    if (hits.size() == k || found.size() < depth) return hits;
  }
}

std::vector<index::RowHit> DocumentVectors::search(std::span<const float> query,
                                                   std::size_t k) const {
  return search_passages(query, k, nullptr);
}

std::vector<index::RowHit> DocumentVectors::search(std::span<const float> query, std::size_t k,
                                                   const RowSet& set) const {
  RowSet passages(passage_count());
  set.for_each([&](std::size_t row) {
    for (const std::uint32_t passage : documents_[row].passages) passages.insert(passage);
  });
  return search_passages(query, k, &passages);
}

// The passages of these rows by their own numbers.
std::vector<index::RowHit> DocumentVectors::score_own(std::span<const float> query,
                                                      std::span<const std::uint32_t> rows) const {
  std::vector<std::uint32_t> passages;
  for (const std::uint32_t row : rows) {
    const auto& own = documents_[row].passages;
    passages.insert(passages.end(), own.begin(), own.end());
  }
  return passages_.score(query, passages);
}

std::vector<index::RowHit> DocumentVectors::score(std::span<const float> query,
                                                  std::span<const std::uint32_t> rows) const {
  return best_documents(score_own(query, rows), rows.size());
}

std::vector<index::RowHit> DocumentVectors::score_passages(
    std::span<const float> query, std::span<const std::uint32_t> rows) const {
  auto hits = score_own(query, rows);
  for (index::RowHit& hit : hits) hit.row = owners_[hit.row];
  return hits;
}

DocumentVectors::Passage DocumentVectors::best_passage(std::span<const float> query,
                                                       std::size_t row) const {
  const auto& passages = documents_[row].passages;
  const index::RowHit best = passages_.score(query, passages).front();
  const auto place = std::find(passages.begin(), passages.end(), best.row);
  return {static_cast<std::size_t>(place - passages.begin()), best.score};
}

}  // namespace mayfly::engine
