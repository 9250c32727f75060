// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "base/zeroing_allocator.h"
#include "text/utf8.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::tokenizer {

// A sink of BertNormalizer that keeps the normalized text as UTF-8, and for every byte the place in
// the input that its character came from. Only for added tokens that are looked for in
// normalized text; otherwise normalized characters are consumed as they come.
class NormalizedText {
 public:
  void put(char32_t value, std::uint16_t, Offset source) {
    char bytes[4];
    const std::uint32_t count = text::encode_utf8(value, bytes);
    bytes_.insert(bytes_.end(), bytes, bytes + count);
    sources_.insert(sources_.end(), count, source);
  }

  std::string_view utf8() const { return {bytes_.data(), bytes_.size()}; }
  Offset source(std::size_t byte) const { return sources_[byte]; }

 private:
  SecureVector<char> bytes_;
  SecureVector<Offset> sources_;
};

}  // namespace mayfly::tokenizer
