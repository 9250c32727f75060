// SPDX-License-Identifier: Apache-2.0
#include "engine/document_job.h"

#include <memory>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/model_handle.h"
#include "bindings/packed_documents.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using engine::DocumentJob;

std::shared_ptr<DocumentJob> make_job(const ModelHandle& handle, Buffer& packed) {
  return guarded(
      [&] { return std::make_shared<DocumentJob>(handle.model, unpack_documents(packed)); });
}

bool step(DocumentJob& job, double budget_ms) {
  return guarded([&] { return job.step(budget_ms); });
}

std::size_t completed(const DocumentJob& job) { return job.completed(); }

// Float32Array of [passages of all, dim].
val vectors(const DocumentJob& job) {
  return guarded([&] { return copy_out(job.vectors()); });
}

// Uint32Array of [3, documents]: passages, dropped tokens, content hashes.
val counts(const DocumentJob& job) {
  return guarded([&] {
    std::vector<std::uint32_t> all;
    for (const auto part : {job.passages(), job.dropped(), job.hashes()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return copy_out(std::span<const std::uint32_t>(all));
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_document_job) {
  emscripten::class_<DocumentJob>("DocumentJob")
      .smart_ptr_constructor("DocumentJob", &make_job)
      .function("step", &step)
      .function("completed", &completed)
      .function("vectors", &vectors)
      .function("counts", &counts);
}

}  // namespace mayfly::bindings
