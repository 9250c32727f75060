// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/buffer.h"
#include "bindings/handles.h"
#include "bindings/packed_strings.h"

namespace mayfly::bindings {
namespace {

using engine::Collection;
using engine::IngestJob;

// A job needs its collection until it ends, whatever JavaScript deletes first.
struct OwnedIngestJob {
  OwnedIngestJob(std::shared_ptr<Collection> target,
                 std::span<const engine::DocumentView> documents, engine::IngestMode mode)
      : collection(std::move(target)), job(*collection, documents, mode) {}
  std::shared_ptr<Collection> collection;
  IngestJob job;
};

// Three packed strings per document: id, text, metadata. Copies them. `update` replaces documents
// that are there, otherwise none of them may be.
std::shared_ptr<OwnedIngestJob> make_job(const CollectionHandle& handle, Buffer& packed,
                                         bool update) {
  return guarded([&] {
    const auto strings = unpack_strings(packed.bytes());
    if (strings.size() % 3 != 0) {
      throw Error(ErrorCode::kInvalidArgument, "pack id, text and metadata of each document");
    }
    std::vector<engine::DocumentView> documents;
    documents.reserve(strings.size() / 3);
    for (std::size_t i = 0; i < strings.size(); i += 3) {
      documents.push_back({strings[i], strings[i + 1], strings[i + 2]});
    }
    return std::make_shared<OwnedIngestJob>(
        handle.collection, documents,
        update ? engine::IngestMode::kUpdate : engine::IngestMode::kAdd);
  });
}

bool step(OwnedIngestJob& owned, double budget_ms) {
  return guarded([&] { return owned.job.step(budget_ms); });
}

std::size_t completed(const OwnedIngestJob& owned) { return owned.job.completed(); }
std::size_t truncated(const OwnedIngestJob& owned) { return owned.job.truncated(); }

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_ingest_job) {
  emscripten::class_<OwnedIngestJob>("IngestJob")
      .smart_ptr_constructor("IngestJob", &make_job)
      .function("step", &step)
      .function("completed", &completed)
      .function("truncated", &truncated);
}

}  // namespace mayfly::bindings
