// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tokenizer/tokenizer.h"

namespace mayfly::engine {

// The token sequences that conversion measures on: the empty text, each text alone, and all texts
// again, joined to passages of nearly max_tokens, so that late positions and long contexts occur.
std::vector<std::vector<std::int32_t>> calibration_sequences(
    const tokenizer::Tokenizer& tokenizer, std::span<const std::string_view> texts,
    std::size_t max_tokens);

}  // namespace mayfly::engine
