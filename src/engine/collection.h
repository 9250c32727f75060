// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/embed_job.h"
#include "engine/model.h"

namespace mayfly::engine {

// What is added to a collection. `metadata` is the caller's own (the client passes JSON); the engine
// stores and returns it and never reads it.
struct DocumentView {
  std::string_view id;        // non-empty, unique in the collection
  std::string_view text;      // the passage that is embedded
  std::string_view metadata;  // may be empty
};

struct SearchHit {
  DocumentView document;   // views into the collection, valid until it next changes
  float score = 0;         // cosine of query and passage, -1..1, higher is better
  std::size_t dropped = 0; // tokens of the passage beyond the model's limit, not embedded
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

  // The k best passages by cosine, best first, ties by order of insertion; fewer when the
  // collection is smaller. `query` is f32 [dim] of this collection's model: Error(kSpaceMismatch)
  // when the fingerprint differs, Error(kInvalidArgument) when k is 0.
  std::vector<SearchHit> search(std::span<const float> query, std::string_view fingerprint,
                                std::size_t k) const;

  std::size_t remove(std::span<const std::string_view> ids);  // how many were there
  void clear();

 private:
  friend class IngestJob;
  struct State;
  std::unique_ptr<State> state_;
};

enum class IngestMode { kAdd, kUpdate };

// Embeds documents into a collection in slices (see EmbedJob). All or nothing: the collection changes
// once, when the last document is done; a job that is dropped before leaves it as it was.
// The collection must outlive the job.
class IngestJob {
 public:
  // kAdd: Error(kDuplicateId) when an id is already there or twice in the list. kUpdate:
  // Error(kNotFound) when one is not there. Error(kInvalidArgument) for an empty id. Checked
  // here, and again at the end, before anything changes. Copies the documents.
  IngestJob(Collection& collection, std::span<const DocumentView> documents, IngestMode mode);
  ~IngestJob();

  bool step(double budget_ms);
  std::size_t size() const;
  std::size_t completed() const;
  std::size_t truncated() const;  // completed documents longer than the model's limit

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mayfly::engine
