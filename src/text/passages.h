// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "text/sentences.h"

namespace mayfly::text {

struct PassageLimits {
  std::size_t budget = 128;  // tokens of a passage; one sentence alone may pass it
  std::size_t overlap = 0;   // tokens, at most, that a passage repeats of the one before it
};

// A run of whole sentences.
struct PassageRange {
  std::size_t first_sentence, sentence_count;
};

// Joins sentences to passages, in order and without gaps, filled up to the budget. A passage that
// is at least half full ends with its paragraph rather than take a piece of the next. What is left
// at the end joins the last passage where it has less than a quarter of the budget. `tokens`: of
// each sentence.
std::vector<PassageRange> join_sentences(std::span<const Sentence> sentences,
                                         std::span<const std::uint32_t> tokens,
                                         const PassageLimits& limits);

}  // namespace mayfly::text
