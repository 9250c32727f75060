// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/document_view.h"
#include "engine/model.h"

namespace mayfly::engine {

struct SearchHit {
  DocumentView document;    // views into the collection, valid until it next changes
  float score = 0;          // cosine of query and passage, -1..1, higher is better
  std::size_t dropped = 0;  // tokens of the passage beyond the model's limit, not embedded
};

// Passages, their metadata and their vectors, in memory only; everything is zeroed when freed.
// Not thread-safe; one worker owns it.
class Collection {
 public:
  explicit Collection(std::shared_ptr<const Model> model);
  ~Collection();

  std::size_t size() const;
  bool contains(std::string_view id) const;
  const Model& model() const;

  // The k best passages by cosine, best first, ties by order of insertion (an update does not
  // change it); fewer when the collection is smaller. `query` is f32 [dim], of unit length, made by
  // this collection's model: Error(kSpaceMismatch) when the fingerprint differs,
  // Error(kDimensionMismatch) for another dim, Error(kInvalidArgument) when k is 0.
  std::vector<SearchHit> search(std::span<const float> query, std::string_view fingerprint,
                                std::size_t k) const;

  // How many of these were there. An id twice in the list counts once.
  std::size_t remove(std::span<const std::string_view> ids);
  void clear();

 private:
  friend class IngestJob;
  struct State;
  std::shared_ptr<State> state_;  // a job sees through a weak pointer whether it is still there
};

enum class IngestMode { kAdd, kUpdate };

// Where the vectors of documents come from: embedded here in step(), or made elsewhere by an equal
// model and handed over with supply().
enum class VectorSource { kEmbedded, kSupplied };

// Puts documents into a collection in slices (see EmbedJob). All or nothing: the collection
// changes once, when the last document is done; a job that is dropped before leaves it as it was.
class IngestJob {
 public:
  // Copies the documents. Error(kInvalidArgument) for an empty id, Error(kDuplicateId) for one that
  // is twice in the list. kAdd: Error(kDuplicateId) when one is already in the collection; kUpdate:
  // Error(kNotFound) when one is not. The collection is looked at here, and again at the end,
  // before anything changes.
  IngestJob(Collection& collection, std::span<const DocumentView> documents, IngestMode mode,
            VectorSource source = VectorSource::kEmbedded);
  ~IngestJob();

  // For kSupplied: the vectors of the next documents, f32 [dropped.size(), dim], and per document
  // the tokens beyond the model's limit. Error(kSpaceMismatch): `fingerprint` is another model's;
  // Error(kDimensionMismatch): not dim values each; Error(kInvalidArgument): more than there are
  // documents left, a vector that is not of unit length or not finite, or a kEmbedded job. After
  // an error drop the job.
  void supply(std::string_view fingerprint, std::span<const float> vectors,
              std::span<const std::uint32_t> dropped);

  // True when the documents are in the collection. A kSupplied job has nothing to do until all of
  // its vectors are there. Error(kDisposed) when the collection is gone.
  bool step(double budget_ms);
  std::size_t size() const;
  std::size_t completed() const;  // documents that have their vectors
  std::size_t truncated() const;  // completed documents longer than the model's limit

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mayfly::engine
