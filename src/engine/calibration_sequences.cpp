// SPDX-License-Identifier: Apache-2.0
#include "engine/calibration_sequences.h"

#include <string>

namespace mayfly::engine {

std::vector<std::vector<std::int32_t>> calibration_sequences(
    const tokenizer::Tokenizer& tokenizer, std::span<const std::string_view> texts,
    std::size_t max_tokens) {
  tokenizer::EncodeOptions options;
  options.max_length = max_tokens;
  std::vector<std::vector<std::int32_t>> sequences{tokenizer.encode("", options).ids};
  for (const std::string_view text : texts) {
    sequences.push_back(tokenizer.encode(text, options).ids);
  }
  std::string passage;
  for (const std::string_view text : texts) {
    const std::string longer = passage + (passage.empty() ? "" : " ") + std::string(text);
    if (!passage.empty() && tokenizer.encode(longer, options).truncated()) {
      sequences.push_back(tokenizer.encode(passage, options).ids);
      passage = text;
    } else {
      passage = longer;
    }
  }
  if (!passage.empty()) sequences.push_back(tokenizer.encode(passage, options).ids);
  return sequences;
}

}  // namespace mayfly::engine
