// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>

#include "bindings/buffer.h"
#include "engine/collection.h"
#include "engine/embed_job.h"

namespace mayfly::bindings {

// `packed`: the query and the filter's JSON ('' for none), then what else the caller wants; mode: 0
// hybrid, 1 semantic, 2 lexical; the jobs: finished ones of the query, or null. The request views
// all of them.
engine::SearchRequest to_request(Buffer& packed, std::size_t k, int mode,
                                 const engine::EmbedJob* static_query,
                                 const engine::EmbedJob* contextual_query);

}  // namespace mayfly::bindings
