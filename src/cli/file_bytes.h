// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::cli {

// The whole file. Error(kIo).
SecureVector<char> read_file(const std::filesystem::path& path);

// Writes beside the target first and then renames, so that there is never half a file under the
// final name. Error(kIo).
void write_file(const std::filesystem::path& path, std::span<const char> bytes);

// Lines without their ends ("\n" or "\r\n"), views into `bytes`.
std::vector<std::string_view> split_lines(std::span<const char> bytes);

// Writes to standard output. Error(kIo), e.g. when the disk is full.
void write_output(std::string_view text);
// Hands everything written so far to the reader.
void flush_output();

}  // namespace mayfly::cli
