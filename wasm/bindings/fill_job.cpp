// SPDX-License-Identifier: Apache-2.0
#include "engine/fill_job.h"

#include <cstdint>
#include <memory>

#include "bindings/boundary.h"
#include "bindings/elements.h"
#include "bindings/packed_strings.h"
#include "bindings/search_request.h"

namespace mayfly::bindings {
namespace {

using engine::Collection;
using engine::FillJob;

// tier: 1 static, 2 contextual.
engine::Tier to_tier(int tier) {
  if (tier == 1 || tier == 2) return static_cast<engine::Tier>(tier);
  throw Error(ErrorCode::kInvalidArgument, "vectors are of tier 1 (static) or 2 (contextual)");
}

std::shared_ptr<FillJob> all(Collection& collection, int tier) {
  return guarded([&] { return std::make_shared<FillJob>(collection, to_tier(tier)); });
}

std::shared_ptr<FillJob> of(Collection& collection, int tier, Buffer& packed_ids) {
  return guarded([&] {
    return std::make_shared<FillJob>(collection, to_tier(tier), unpack_strings(packed_ids.bytes()));
  });
}

std::shared_ptr<FillJob> candidates(Collection& collection, Buffer& packed_query, int mode,
                                    const engine::EmbedJob* static_query, std::size_t count) {
  return guarded([&] {
    const auto request = to_request(packed_query, 1, mode, static_query, nullptr);
    return std::make_shared<FillJob>(collection, request, count);
  });
}

bool step(FillJob& job, double budget_ms) {
  return guarded([&] { return job.step(budget_ms); });
}

// Of the next documents: vectors f32 [passages of all, dim]; counts u32 [3, documents]: passages,
// dropped tokens and content hashes. packed_fingerprint: one packed string.
bool supply(FillJob& job, Buffer& packed_fingerprint, Buffer& vectors, Buffer& counts) {
  return guarded([&] {
    const auto strings = unpack_strings(packed_fingerprint.bytes());
    const auto numbers = elements<std::uint32_t>(counts);
    if (strings.size() != 1 || numbers.size() % 3 != 0) {
      throw Error(ErrorCode::kInvalidArgument, "pack one fingerprint, and three counts a document");
    }
    const std::size_t documents = numbers.size() / 3;
    return job.supply({strings.front(), elements<float>(vectors), numbers.first(documents),
                       numbers.subspan(documents, documents), numbers.last(documents)});
  });
}

std::size_t size(const FillJob& job) { return job.size(); }
std::size_t completed(const FillJob& job) { return job.completed(); }
std::size_t truncated(const FillJob& job) { return job.truncated(); }

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_fill_job) {
  emscripten::class_<FillJob>("FillJob")
      .smart_ptr<std::shared_ptr<FillJob>>("FillJob")
      .class_function("all", &all)
      .class_function("of", &of)
      .class_function("candidates", &candidates, emscripten::allow_raw_pointers())
      .function("step", &step)
      .function("supply", &supply)
      .function("size", &size)
      .function("completed", &completed)
      .function("truncated", &truncated);
}

}  // namespace mayfly::bindings
