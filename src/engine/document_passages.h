// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "text/passages.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::engine {

// The texts that are embedded for a document, at least one: its body cut into passages (see
// text::split_sentences and text::join_sentences), each after the title, so that a passage says
// what it is about. A vector of a whole page says little: the model reads 256 tokens and was
// trained on fewer.
std::vector<std::string> document_passages(const tokenizer::Tokenizer& tokenizer,
                                           std::string_view title, std::string_view body,
                                           const text::PassageLimits& limits = {});

}  // namespace mayfly::engine
