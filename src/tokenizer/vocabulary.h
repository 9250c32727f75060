// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tokenizer/tokenizer.h"

namespace mayfly::tokenizer {

// Tokens by id: their bytes in one block, each followed by one NUL, and where each one ends.
class Vocabulary {
 public:
  Vocabulary() = default;
  // Copies `blob`. Error(kInvalidTokenizer): it is empty, does not end with NUL, has a token that
  // is not UTF-8, or is too large.
  explicit Vocabulary(std::span<const char> blob);

  // Gives `token` the id size(). Error(kInvalidTokenizer): NUL in it, or too many tokens.
  void append(std::string_view token);

  std::size_t size() const { return ends_.size(); }
  // `id` < size(). The view holds until the next append().
  std::string_view token(std::size_t id) const {
    const std::size_t begin = id == 0 ? 0 : ends_[id - 1] + 1;
    return {bytes_.data() + begin, ends_[id] - begin};
  }

 private:
  std::vector<char> bytes_;
  std::vector<std::uint32_t> ends_;  // ends_[id]: where the NUL of that token is
};

}  // namespace mayfly::tokenizer
