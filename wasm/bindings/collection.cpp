// SPDX-License-Identifier: Apache-2.0
#include "engine/collection.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/buffer.h"
#include "bindings/model_handle.h"
#include "bindings/packed_strings.h"
#include "engine/embed_job.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using engine::Collection;
using engine::EmbedJob;

std::shared_ptr<Collection> make_collection(const ModelHandle& handle) {
  return guarded([&] { return std::make_shared<Collection>(handle.model); });
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
val search(const Collection& collection, const EmbedJob& query, std::size_t k) {
  return guarded([&] {
    const std::string& fingerprint = query.model().fingerprint();
    return hits_to_object(collection.search(query.vector(0), fingerprint, k));
  });
}

std::size_t remove(Collection& collection, Buffer& packed_ids) {
  return guarded([&] { return collection.remove(unpack_strings(packed_ids.bytes())); });
}

void clear(Collection& collection) {
  guarded([&] { collection.clear(); });
}

std::size_t size(const Collection& collection) { return collection.size(); }

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_collection) {
  emscripten::class_<Collection>("Collection")
      .smart_ptr_constructor("Collection", &make_collection)
      .function("search", &search)
      .function("remove", &remove)
      .function("clear", &clear)
      .function("size", &size);
}

}  // namespace mayfly::bindings
