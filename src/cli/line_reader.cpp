// SPDX-License-Identifier: Apache-2.0
#include "cli/line_reader.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>

#include "base/error.h"
#include "cli/file_bytes.h"

namespace mayfly::cli {
namespace {

// A pipe's usual capacity: some hundred lines, enough to keep several threads busy.
constexpr std::size_t kReadBytes = std::size_t{64} << 10;

}  // namespace

std::size_t LineReader::read_more() {
  const std::size_t before = pending_.size();
  pending_.resize(before + kReadBytes);
  ssize_t count = -1;
  do {
    count = ::read(file_descriptor_, pending_.data() + before, kReadBytes);
  } while (count < 0 && errno == EINTR);
  if (count < 0) {
    throw Error(ErrorCode::kIo, std::string("cannot read standard input: ") + std::strerror(errno));
  }
  pending_.resize(before + static_cast<std::size_t>(count));
  return static_cast<std::size_t>(count);
}

std::vector<std::string> LineReader::next_batch() {
  while (!ended_) {
    const std::size_t count = read_more();
    ended_ = count == 0;
    // Only what is new can hold the last line's end.
    const auto from = pending_.end() - static_cast<std::ptrdiff_t>(count);
    const auto newline = std::find(std::make_reverse_iterator(pending_.end()),
                                   std::make_reverse_iterator(from), '\n');
    const auto complete = ended_ ? pending_.end() : newline.base();
    if (complete == from && !ended_) continue;
    std::vector<std::string> batch;
    for (const std::string_view line : split_lines({pending_.begin(), complete})) {
      batch.emplace_back(line);
    }
    pending_.erase(pending_.begin(), complete);
    if (!batch.empty()) return batch;
  }
  return {};
}

}  // namespace mayfly::cli
