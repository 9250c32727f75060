// SPDX-License-Identifier: Apache-2.0
#include "cli/file_bytes.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "base/error.h"

namespace mayfly::cli {
namespace {

[[noreturn]] void fail(const char* verb, const std::filesystem::path& path) {
  throw Error(ErrorCode::kIo,
              std::string("cannot ") + verb + " " + path.string() + ": " + std::strerror(errno));
}

[[noreturn]] void fail_output() {
  throw Error(ErrorCode::kIo,
              std::string("cannot write to standard output: ") + std::strerror(errno));
}

}  // namespace

SecureVector<char> read_file(const std::filesystem::path& path) {
  errno = 0;
  // A folder can be opened like a file and then has a nonsensical size.
  if (std::filesystem::is_directory(path)) errno = EISDIR;
  std::ifstream file;
  if (errno == 0) file.open(path, std::ios::binary);
  if (!file.is_open()) fail("read", path);
  SecureVector<char> bytes;
  std::error_code no_size;  // a pipe has none
  const auto size = std::filesystem::file_size(path, no_size);
  if (!no_size) bytes.reserve(size);
  // In pieces: what is read is what counts, not what the size was a moment ago.
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  while (file) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kPiece);
    file.read(bytes.data() + before, kPiece);
    bytes.resize(before + static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) fail("read", path);
  return bytes;
}

void write_file(const std::filesystem::path& path, std::span<const char> bytes) {
  std::filesystem::path unfinished = path;
  unfinished += ".unfinished";
  errno = 0;
  {
    std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) fail("write", unfinished);
  }
  std::error_code failure;
  std::filesystem::rename(unfinished, path, failure);
  if (failure) {
    errno = failure.value();
    std::filesystem::remove(unfinished, failure);
    fail("write", path);
  }
}

std::vector<std::string_view> split_lines(std::span<const char> bytes) {
  std::vector<std::string_view> lines;
  std::string_view rest(bytes.data(), bytes.size());
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (end < rest.size() && line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

void write_output(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) fail_output();
}

void flush_output() {
  if (std::fflush(stdout) != 0) fail_output();
}

}  // namespace mayfly::cli
