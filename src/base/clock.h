// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <ctime>

namespace mayfly {

// Milliseconds on a clock that never goes back; only differences mean anything.
inline double monotonic_ms() {
  // Of POSIX, because std::chrono brings an exception that formats its message, and so printf, into
  // the module that visitors download.
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace mayfly
