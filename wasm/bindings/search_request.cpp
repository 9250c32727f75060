// SPDX-License-Identifier: Apache-2.0
#include "bindings/search_request.h"

#include "base/error.h"
#include "bindings/packed_strings.h"

namespace mayfly::bindings {
namespace {

engine::QueryEmbedding embedding(const engine::EmbedJob* query) {
  if (query == nullptr) return {};
  return {query->vector(0), query->model().fingerprint()};
}

}  // namespace

engine::SearchRequest to_request(Buffer& packed, std::size_t k, int mode,
                                 const engine::EmbedJob* static_query,
                                 const engine::EmbedJob* contextual_query) {
  const auto strings = unpack_strings(packed.bytes());
  if (strings.size() < 2 || mode < 0 || mode > 2) {
    throw Error(ErrorCode::kInvalidArgument, "pack a query and a filter, and name a mode");
  }
  engine::SearchRequest request;
  request.text = strings[0];
  request.filter = strings[1];
  request.k = k;
  request.mode = static_cast<engine::SearchMode>(mode);
  request.static_embedding = embedding(static_query);
  request.contextual_embedding = embedding(contextual_query);
  return request;
}

}  // namespace mayfly::bindings
