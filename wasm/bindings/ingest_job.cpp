// SPDX-License-Identifier: Apache-2.0
#include "engine/ingest_job.h"

#include <memory>

#include "bindings/boundary.h"
#include "bindings/buffer.h"
#include "bindings/packed_documents.h"

namespace mayfly::bindings {
namespace {

using engine::IngestJob;

// Copies the documents. `update` replaces documents that are there, otherwise none of them may be.
std::shared_ptr<IngestJob> make_job(engine::Collection& collection, Buffer& packed, bool update) {
  return guarded([&] {
    return std::make_shared<IngestJob>(
        collection, unpack_documents(packed),
        update ? engine::IngestMode::kUpdate : engine::IngestMode::kAdd);
  });
}

bool step(IngestJob& job, double budget_ms) {
  return guarded([&] { return job.step(budget_ms); });
}

std::size_t completed(const IngestJob& job) { return job.completed(); }

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_ingest_job) {
  emscripten::class_<IngestJob>("IngestJob")
      .smart_ptr_constructor("IngestJob", &make_job)
      .function("step", &step)
      .function("completed", &completed);
}

}  // namespace mayfly::bindings
