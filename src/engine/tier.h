// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

namespace mayfly::engine {

// What an answer knows of the documents; a better one is a greater one.
enum class Tier : std::uint8_t {
  kLexical,     // words
  kStatic,      // and vectors that are sums of token vectors
  kContextual,  // and vectors of the transformer
};

inline constexpr std::size_t kTierCount = 3;

}  // namespace mayfly::engine
