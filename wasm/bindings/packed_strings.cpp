// SPDX-License-Identifier: Apache-2.0
#include "bindings/packed_strings.h"

#include <cstdint>
#include <cstring>

#include "base/error.h"

namespace mayfly::bindings {
namespace {

constexpr std::size_t kWord = sizeof(std::uint32_t);

std::uint32_t read_word(std::span<const char> packed, std::size_t index) {
  std::uint32_t word;  // wasm and every native target are little-endian
  std::memcpy(&word, packed.data() + index * kWord, kWord);
  return word;
}

void write_word(SecureVector<char>& packed, std::size_t index, std::size_t value) {
  const auto word = static_cast<std::uint32_t>(value);
  std::memcpy(packed.data() + index * kWord, &word, kWord);
}

[[noreturn]] void throw_malformed() {
  throw Error(ErrorCode::kInvalidArgument, "packed strings are cut short; pack them again");
}

}  // namespace

std::vector<std::string_view> unpack_strings(std::span<const char> packed) {
  if (packed.size() < kWord) throw_malformed();
  const std::size_t count = read_word(packed, 0);
  if (count > packed.size() / kWord - 1) throw_malformed();
  std::size_t begin = (count + 1) * kWord;
  std::vector<std::string_view> strings;
  strings.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t length = read_word(packed, i + 1);
    if (length > packed.size() - begin) throw_malformed();
    strings.emplace_back(packed.data() + begin, length);
    begin += length;
  }
  return strings;
}

SecureVector<char> pack_strings(std::span<const std::string_view> strings) {
  const std::size_t header = (strings.size() + 1) * kWord;
  std::size_t total = header;
  for (const std::string_view text : strings) total += text.size();
  SecureVector<char> packed(total);
  write_word(packed, 0, strings.size());
  std::size_t begin = header;
  for (std::size_t i = 0; i < strings.size(); ++i) {
    write_word(packed, i + 1, strings[i].size());
    if (!strings[i].empty())
      std::memcpy(packed.data() + begin, strings[i].data(), strings[i].size());
    begin += strings[i].size();
  }
  return packed;
}

}  // namespace mayfly::bindings
