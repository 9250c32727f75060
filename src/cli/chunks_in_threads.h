// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <functional>

namespace mayfly::cli {

// Calls work(begin, count) for all of 0..total-1, `chunk` at a time (the last time fewer), from up
// to `threads` threads (0: one per processor), of which the caller's is one. Throws what the first
// to fail threw; the others then end after their chunk.
void for_chunks_in_threads(std::size_t total, std::size_t chunk, std::size_t threads,
                           const std::function<void(std::size_t, std::size_t)>& work);

}  // namespace mayfly::cli
