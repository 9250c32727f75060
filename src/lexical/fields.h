// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mayfly::lexical {

// The fields of a document, which may each be empty.
struct DocumentText {
  std::string_view title, headings, body;  // headings: one a line
};

inline constexpr std::size_t kFieldCount = 3;
inline constexpr std::size_t kTitle = 0, kHeadings = 1, kBody = 2;

// One number per field: how often a word occurs, or how many words there are.
using FieldCounts = std::array<std::uint32_t, kFieldCount>;
using FieldWeights = std::array<float, kFieldCount>;

inline float weighted_sum(const FieldCounts& counts, const FieldWeights& weights) {
  float sum = 0;
  for (std::size_t f = 0; f < kFieldCount; ++f) sum += weights[f] * static_cast<float>(counts[f]);
  return sum;
}

}  // namespace mayfly::lexical
