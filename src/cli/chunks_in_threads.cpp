// SPDX-License-Identifier: Apache-2.0
#include "cli/chunks_in_threads.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace mayfly::cli {
namespace {

class Chunks {
 public:
  Chunks(std::size_t total, std::size_t chunk,
         const std::function<void(std::size_t, std::size_t)>& work)
      : total_(total), chunk_(chunk), work_(work) {}

  // Takes chunks until there are none, or until another thread has failed.
  void run() noexcept {
    try {
      while (!failed_) {
        const std::size_t begin = next_.fetch_add(chunk_);
        if (begin >= total_) return;
        work_(begin, std::min(chunk_, total_ - begin));
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

 private:
  const std::size_t total_, chunk_;
  const std::function<void(std::size_t, std::size_t)>& work_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace

void for_chunks_in_threads(std::size_t total, std::size_t chunk, std::size_t threads,
                           const std::function<void(std::size_t, std::size_t)>& work) {
  Chunks chunks(total, chunk, work);
  const std::size_t wanted =
      threads > 0 ? threads : std::max<std::size_t>(1, std::thread::hardware_concurrency());
  std::vector<std::thread> others;
  try {
    for (std::size_t i = 1; i < std::min(wanted, (total + chunk - 1) / chunk); ++i) {
      others.emplace_back([&chunks] { chunks.run(); });
    }
  } catch (const std::system_error&) {
    // The system grants no more threads: those that there are do the work.
  }
  chunks.run();
  for (std::thread& thread : others) thread.join();
  chunks.rethrow_failure();
}

}  // namespace mayfly::cli
