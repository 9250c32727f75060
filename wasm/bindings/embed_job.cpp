// SPDX-License-Identifier: Apache-2.0
#include "engine/embed_job.h"

#include <cstdint>
#include <memory>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/buffer.h"
#include "bindings/model_handle.h"
#include "bindings/packed_strings.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using engine::EmbedJob;

// Copies the texts, so the buffer may be deleted at once.
std::shared_ptr<EmbedJob> make_job(const ModelHandle& handle, Buffer& packed_texts) {
  return guarded([&] {
    return std::make_shared<EmbedJob>(handle.model, unpack_strings(packed_texts.bytes()));
  });
}

bool step(EmbedJob& job, double budget_ms) {
  return guarded([&] { return job.step(budget_ms); });
}

std::size_t completed(const EmbedJob& job) { return job.completed(); }

// Float32Array of [texts, dim].
val vectors(const EmbedJob& job) {
  return guarded([&] {
    const std::size_t dim = job.model().dim();
    val all = val::global("Float32Array").new_(job.size() * dim);
    for (std::size_t text = 0; text < job.size(); ++text) {
      const std::span<const float> vector = job.vector(text);
      all.call<void>("set", emscripten::typed_memory_view(vector.size(), vector.data()),
                     text * dim);
    }
    return all;
  });
}

template <typename Count>
val counts(const EmbedJob& job, Count count) {
  return guarded([&] {
    std::vector<std::uint32_t> values;
    values.reserve(job.size());
    for (std::size_t text = 0; text < job.size(); ++text) {
      values.push_back(static_cast<std::uint32_t>(count(text)));
    }
    return copy_out(std::span<const std::uint32_t>(values));
  });
}

val token_counts(const EmbedJob& job) {
  return counts(job, [&](std::size_t text) { return job.token_count(text); });
}

val dropped(const EmbedJob& job) {
  return counts(job, [&](std::size_t text) { return job.dropped(text); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_embed_job) {
  emscripten::class_<EmbedJob>("EmbedJob")
      .smart_ptr_constructor("EmbedJob", &make_job)
      .function("step", &step)
      .function("completed", &completed)
      .function("vectors", &vectors)
      .function("tokenCounts", &token_counts)
      .function("dropped", &dropped);
}

}  // namespace mayfly::bindings
