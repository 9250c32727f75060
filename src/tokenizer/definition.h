// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tokenizer/added_tokens.h"
#include "tokenizer/bert_normalizer.h"

namespace mayfly::tokenizer {

// What Mayfly reads of a tokenizer.json with BertNormalizer, BertPreTokenizer, WordPiece and
// TemplateProcessing. "truncation" and "padding" are not read: they hold what the publisher
// last used (128 for all-MiniLM-L6-v2), while the model's own limit is stated elsewhere and nothing
// is padded here. "decoder" is not needed.
struct Definition {
  BertNormalizerOptions normalizer;

  std::string unknown_token;
  std::string prefix;              // "##"; may be empty
  std::size_t max_characters = 0;  // a longer word is unknown

  std::vector<AddedToken> added_tokens;

  std::vector<TokenId> before, after;  // ids around the text
};

// Error(kInvalidTokenizer): not JSON, nested too deep, a part is missing or of the wrong type.
// Error(kUnsupportedModel): a part is of a kind that Mayfly does not have; the message names it.
// Ids are not compared with the vocabulary here.
Definition parse_definition(std::string_view spec_json);

}  // namespace mayfly::tokenizer
