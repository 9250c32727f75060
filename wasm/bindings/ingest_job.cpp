// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <memory>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/buffer.h"
#include "bindings/packed_strings.h"
#include "engine/collection.h"

namespace mayfly::bindings {
namespace {

using engine::IngestJob;

// Three packed strings per document: id, text, metadata. Copies them. `update` replaces documents
// that are there, otherwise none of them may be. `supplied`: the vectors come through supply().
std::shared_ptr<IngestJob> make_job(engine::Collection& collection, Buffer& packed, bool update,
                                    bool supplied) {
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
    return std::make_shared<IngestJob>(
        collection, documents, update ? engine::IngestMode::kUpdate : engine::IngestMode::kAdd,
        supplied ? engine::VectorSource::kSupplied : engine::VectorSource::kEmbedded);
  });
}

// Whole elements in little-endian order, as typed arrays hold them. The allocator aligns buffers.
template <typename T>
std::span<const T> elements(Buffer& buffer) {
  const std::span<char> bytes = buffer.bytes();
  return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
}

// vectors: f32 [n, dim]; dropped: u32 [n]; packed_fingerprint: one packed string.
void supply(IngestJob& job, Buffer& packed_fingerprint, Buffer& vectors, Buffer& dropped) {
  guarded([&] {
    const auto strings = unpack_strings(packed_fingerprint.bytes());
    if (strings.size() != 1) throw Error(ErrorCode::kInvalidArgument, "pack one fingerprint");
    job.supply(strings.front(), elements<float>(vectors), elements<std::uint32_t>(dropped));
  });
}

bool step(IngestJob& job, double budget_ms) {
  return guarded([&] { return job.step(budget_ms); });
}

std::size_t completed(const IngestJob& job) { return job.completed(); }
std::size_t truncated(const IngestJob& job) { return job.truncated(); }

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_ingest_job) {
  emscripten::class_<IngestJob>("IngestJob")
      .smart_ptr_constructor("IngestJob", &make_job)
      .function("supply", &supply)
      .function("step", &step)
      .function("completed", &completed)
      .function("truncated", &truncated);
}

}  // namespace mayfly::bindings
