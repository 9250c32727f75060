// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>

namespace mayfly::engine {

// How a text becomes one vector, as the model container's "sentence" metadata states it.
struct SentenceSettings {
  std::size_t max_tokens = 0;  // template tokens included
};

// Takes
// {"max_tokens":256,"pooling":"mean","normalize":true,"query_prefix":"","document_prefix":""}.
// Error(kInvalidModel) where it is malformed, Error(kUnsupportedModel) for what this version does
// not do: another pooling, vectors that are not normalized, texts that need a prefix.
SentenceSettings parse_sentence_settings(std::string_view sentence_json);

}  // namespace mayfly::engine
