// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "engine/collection.h"
#include "engine/document_view.h"

namespace mayfly::engine {

enum class IngestMode : std::uint8_t { kAdd, kUpdate };

// Puts documents into a collection in slices, without their vectors: what a FillJob is for.
// Documents that are added can be found by their words from the step on that put them there. All or
// nothing: a job that fails, or is dropped before its last step, takes back what it had added. An
// update is one step; where memory runs out in it, the documents before are updated.
class IngestJob {
 public:
  // Copies the documents. Error(kInvalidArgument) for an empty id, Error(kDuplicateId) for one that
  // is twice in the list. kAdd: Error(kDuplicateId) when one is already in the collection; kUpdate:
  // Error(kNotFound) when one is not. The collection is looked at here, and again before anything
  // changes.
  IngestJob(Collection& collection, std::span<const DocumentView> documents, IngestMode mode);
  ~IngestJob();
  IngestJob(const IngestJob&) = delete;
  IngestJob& operator=(const IngestJob&) = delete;

  // Works for about budget_ms milliseconds. True when the documents are in the collection.
  // Error(kDisposed) when the collection is gone; kDuplicateId and kNotFound as above. After an
  // error drop the job.
  bool step(double budget_ms);
  std::size_t size() const;
  std::size_t completed() const;  // documents that are in the collection

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mayfly::engine
