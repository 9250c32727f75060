// SPDX-License-Identifier: Apache-2.0
#include "cli/bulk_embedder.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

#include "cli/progress.h"
#include "engine/embed_job.h"

namespace mayfly::cli {
namespace {

// Texts that a thread takes at a time: enough to fill some forward passes, few enough that no
// thread works on long after the others have ended.
constexpr std::size_t kChunk = 16;
constexpr std::size_t kMaxThreads = 256;
// How long a step may take before progress is looked at.
constexpr double kStepMs = 100;

// What the threads share. Each writes to rows of its own only.
class Work {
 public:
  Work(const std::shared_ptr<const engine::Model>& model, std::span<const std::string_view> texts,
       tokenizer::SpecialTokens special_tokens, Progress& progress)
      : model_(model), texts_(texts), special_tokens_(special_tokens), progress_(progress) {
    result.dim = model->dim();
    result.vectors.resize(texts.size() * model->dim());
    result.dropped.resize(texts.size());
  }

  // Takes chunks until there are none, or until another thread has failed.
  void run() noexcept {
    try {
      while (!failed_) {
        const std::size_t begin = next_.fetch_add(kChunk);
        if (begin >= texts_.size()) return;
        embed_chunk(begin, std::min(kChunk, texts_.size() - begin));
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      failed_ = true;
    }
  }

  void rethrow_failure() const {
    if (failure_) std::rethrow_exception(failure_);
  }

  EmbeddedTexts result;

 private:
  void embed_chunk(std::size_t begin, std::size_t count) {
    engine::EmbedJob job(model_, texts_.subspan(begin, count), special_tokens_);
    std::size_t reported = 0;
    for (bool done = false; !done; reported = job.completed()) {
      done = job.step(kStepMs);
      progress_.add(job.completed() - reported);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const auto vector = job.vector(i);
      std::copy(vector.begin(), vector.end(), result.vectors.data() + (begin + i) * result.dim);
      result.dropped[begin + i] = job.dropped(i);
    }
  }

  const std::shared_ptr<const engine::Model>& model_;
  const std::span<const std::string_view> texts_;
  const tokenizer::SpecialTokens special_tokens_;
  Progress& progress_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

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
  Work work(model, texts, special_tokens, progress);
  const std::size_t wanted =
      threads_ > 0 ? threads_ : std::max<std::size_t>(1, std::thread::hardware_concurrency());
  const std::size_t chunks = (texts.size() + kChunk - 1) / kChunk;
  std::vector<std::thread> others;
  try {
    for (std::size_t i = 1; i < std::min(wanted, chunks); ++i) {
      others.emplace_back([&work] { work.run(); });
    }
  } catch (const std::system_error&) {
    // The system grants no more threads: those that there are do the work.
  }
  work.run();
  for (std::thread& thread : others) thread.join();
  work.rethrow_failure();
  return std::move(work.result);
}

}  // namespace mayfly::cli
