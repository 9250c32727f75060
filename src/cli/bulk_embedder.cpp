// SPDX-License-Identifier: Apache-2.0
#include "cli/bulk_embedder.h"

#include <algorithm>

#include "cli/chunks_in_threads.h"
#include "cli/progress.h"
#include "engine/embed_job.h"
#include "engine/late_chunking.h"

namespace mayfly::cli {
namespace {

// Texts that a thread takes at a time: enough to fill some forward passes, few enough that no
// thread works on long after the others have ended.
constexpr std::size_t kChunk = 16;
constexpr std::size_t kMaxThreads = 256;
// How long a step may take before progress is looked at.
constexpr double kStepMs = 100;

}  // namespace

std::size_t EmbeddedTexts::truncated_count() const {
  return dropped.size() -
         static_cast<std::size_t>(std::count(dropped.begin(), dropped.end(), std::size_t{0}));
}

void BulkEmbedder::add_option(CLI::App& command) {
  command
      .add_option("--threads", threads_,
                  "threads that embed (default: one per processor); results do not depend on it")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, kMaxThreads).description(""));
}

EmbeddedTexts BulkEmbedder::embed(const std::shared_ptr<const engine::Model>& model,
                                  std::span<const std::string_view> texts,
                                  tokenizer::SpecialTokens special_tokens,
                                  const std::string& what) const {
  Progress progress("embedding " + what, texts.size());
  EmbeddedTexts result;
  result.dim = model->dim();
  result.vectors.resize(texts.size() * model->dim());
  result.dropped.resize(texts.size());
  // Each thread writes to rows of its own only.
  for_chunks_in_threads(texts.size(), kChunk, threads_, [&](std::size_t begin, std::size_t count) {
    engine::EmbedJob job(model, texts.subspan(begin, count), special_tokens);
    std::size_t reported = 0;
    for (bool done = false; !done; reported = job.completed()) {
      done = job.step(kStepMs);
      progress.add(job.completed() - reported);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const auto vector = job.vector(i);
      std::copy(vector.begin(), vector.end(), result.vectors.data() + (begin + i) * result.dim);
      result.dropped[begin + i] = job.dropped(i);
    }
  });
  return result;
}

EmbeddedTexts BulkEmbedder::embed_late(const engine::Model& model,
                                       std::span<const engine::DocumentView> documents,
                                       tokenizer::SpecialTokens special_tokens) const {
  Progress progress("embedding documents", documents.size());
  std::vector<SecureVector<float>> vectors(documents.size());
  for_chunks_in_threads(documents.size(), 1, threads_, [&](std::size_t document, std::size_t) {
    vectors[document] = engine::LateChunker(model, special_tokens).vectors(documents[document]);
    progress.add(1);
  });
  EmbeddedTexts result;
  result.dim = model.dim();
  for (const auto& part : vectors) {
    result.vectors.insert(result.vectors.end(), part.begin(), part.end());
  }
  result.dropped.resize(result.vectors.size() / result.dim);
  return result;
}

}  // namespace mayfly::cli
