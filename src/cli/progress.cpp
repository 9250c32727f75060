// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

#include "base/clock.h"

namespace mayfly::cli {
namespace {

constexpr double kSilentMs = 1000;
constexpr double kTerminalIntervalMs = 200;
constexpr double kLogIntervalMs = 10'000;

}  // namespace

Progress::Progress(std::string what, std::size_t total)
    : what_(std::move(what)),
      total_(total),
      terminal_(isatty(STDERR_FILENO) == 1),
      next_print_ms_(monotonic_ms() + kSilentMs) {}

Progress::~Progress() {
  if (printed_ && terminal_) std::fputs("\r\x1b[K", stderr);
}

void Progress::add(std::size_t count) {
  const std::lock_guard lock(mutex_);
  done_ += count;
  const double now = monotonic_ms();
  if (now >= next_print_ms_ && done_ < total_) print(now);
}

void Progress::print(double now_ms) {
  const std::string line = what_ + ": " + with_thousands(done_) + " of " + with_thousands(total_);
  std::fprintf(stderr, terminal_ ? "\r%s\x1b[K" : "%s\n", line.c_str());
  next_print_ms_ = now_ms + (terminal_ ? kTerminalIntervalMs : kLogIntervalMs);
  printed_ = true;
}

std::string with_thousands(std::size_t value) {
  const std::string digits = std::to_string(value);
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped += ',';
    grouped += digits[i];
  }
  return grouped;
}

}  // namespace mayfly::cli
