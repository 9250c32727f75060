// SPDX-License-Identifier: Apache-2.0
#include "text/passages.h"

namespace mayfly::text {
namespace {

// The first sentence of the next passage: as many of the last ones as the overlap allows, but not
// all of them.
std::size_t next_start(std::size_t first, std::size_t end, std::span<const std::uint32_t> tokens,
                       std::size_t overlap) {
  // Without it, sentences of no tokens would still be repeated.
  if (overlap == 0) return end;
  std::size_t start = end, repeated = 0;
  while (start > first + 1 && repeated + tokens[start - 1] <= overlap) {
    repeated += tokens[--start];
  }
  return start;
}

}  // namespace

std::vector<PassageRange> join_sentences(std::span<const Sentence> sentences,
                                         std::span<const std::uint32_t> tokens,
                                         const PassageLimits& limits) {
  std::vector<PassageRange> passages;
  std::size_t rest = 0;  // tokens from `end` on
  for (const std::uint32_t count : tokens) rest += count;
  std::size_t first = 0, end = 0;
  while (end < sentences.size()) {
    const std::size_t taken = end;  // at least one more, whatever is repeated
    std::size_t held = 0;
    for (std::size_t i = first; i < end; ++i) held += tokens[i];
    while (end < sentences.size()) {
      const bool fits = held + tokens[end] <= limits.budget;
      const bool little_left = held + rest <= limits.budget + limits.budget / 4;
      if (end > taken && !fits && !little_left) break;
      held += tokens[end];
      rest -= tokens[end];
      ++end;
      const bool more_than_a_little = rest > limits.budget / 4;
      if (sentences[end - 1].ends_paragraph && held >= limits.budget / 2 && more_than_a_little) {
        break;
      }
    }
    passages.push_back({first, end - first});
    first = next_start(first, end, tokens, limits.overlap);
  }
  return passages;
}

}  // namespace mayfly::text
