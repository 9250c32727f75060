// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/buffer.h"
#include "bindings/handles.h"
#include "bindings/packed_strings.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using engine::EmbedJob;

std::shared_ptr<CollectionHandle> make_collection(const ModelHandle& handle) {
  return guarded([&] {
    return std::make_shared<CollectionHandle>(
        CollectionHandle{std::make_shared<engine::Collection>(handle.model)});
  });
}

// {scores, dropped, strings}: per hit one score, one count of tokens beyond the model's limit, and
// three packed strings (id, text, metadata).
val hits_to_object(const std::vector<engine::SearchHit>& hits) {
  std::vector<float> scores;
  std::vector<std::uint32_t> dropped;
  std::vector<std::string_view> strings;
  for (const engine::SearchHit& hit : hits) {
    scores.push_back(hit.score);
    dropped.push_back(static_cast<std::uint32_t>(hit.dropped));
    strings.insert(strings.end(), {hit.document.id, hit.document.text, hit.document.metadata});
  }
  val result = val::object();
  result.set("scores", copy_out(std::span<const float>(scores)));
  result.set("dropped", copy_out(std::span<const std::uint32_t>(dropped)));
  result.set("strings", copy_out(std::span<const char>(pack_strings(strings))));
  return result;
}

// Searches for the first text of a finished job.
val search(const CollectionHandle& handle, const EmbedJob& query, std::size_t k) {
  return guarded([&] {
    const std::string& fingerprint = query.model().fingerprint();
    return hits_to_object(handle.collection->search(query.vector(0), fingerprint, k));
  });
}

std::size_t remove(CollectionHandle& handle, Buffer& packed_ids) {
  return guarded([&] { return handle.collection->remove(unpack_strings(packed_ids.bytes())); });
}

void clear(CollectionHandle& handle) {
  guarded([&] { handle.collection->clear(); });
}

std::size_t size(const CollectionHandle& handle) { return handle.collection->size(); }

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_collection) {
  emscripten::class_<CollectionHandle>("Collection")
      .smart_ptr_constructor("Collection", &make_collection)
      .function("search", &search)
      .function("remove", &remove)
      .function("clear", &clear)
      .function("size", &size);
}

}  // namespace mayfly::bindings
