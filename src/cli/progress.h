// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <mutex>
#include <string>

namespace mayfly::cli {

// "embedding passages: 1,234 of 5,183" on standard error, once the work has taken a second: on a
// terminal one line that changes, else a line now and then. Safe to call from several threads.
class Progress {
 public:
  Progress(std::string what, std::size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void add(std::size_t count);

 private:
  void print(double now_ms);

  const std::string what_;
  const std::size_t total_;
  const bool terminal_;
  std::mutex mutex_;
  std::size_t done_ = 0;
  double next_print_ms_;
  bool printed_ = false;
};

// 1234567 as "1,234,567".
std::string with_thousands(std::size_t value);

}  // namespace mayfly::cli
