// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::cli {

// Reads standard input in batches of lines: as many as are there, without waiting for more. So a
// file is worked on in large pieces, while a program that writes one line gets its answer at once.
class LineReader {
 public:
  explicit LineReader(int file_descriptor = 0) : file_descriptor_(file_descriptor) {}

  // The next lines, at least one, without "\n" or "\r\n"; none at the end of input. Error(kIo).
  std::vector<std::string> next_batch();

 private:
  std::size_t read_more();  // bytes read; 0 at the end

  int file_descriptor_;
  SecureVector<char> pending_;  // an unfinished line
  bool ended_ = false;
};

}  // namespace mayfly::cli
