// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>

namespace mayfly {

// Milliseconds on a clock that never goes back; only differences mean anything.
inline double monotonic_ms() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

}  // namespace mayfly
