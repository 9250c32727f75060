// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/model.h"
#include "lexical/lexical_index.h"

namespace mayfly::engine {

struct ByteRange {
  std::size_t begin, end;
};

// Bytes that a snippet has at most, unless one sentence alone has more.
inline constexpr std::size_t kSnippetBytes = 240;

// What of a text is worth showing beneath a hit: the sentence of `within` that has most of what the
// query looks for (`matches`, in order: LexicalIndex::find_matches) and is nearest to it in
// meaning, and as many of the sentences after it as fit. `within` without a sentence is returned as
// it is. `query`: the vector of the static tier's `model`, or empty for words alone.
ByteRange choose_snippet(std::string_view text, ByteRange within,
                         std::span<const lexical::TextRange> matches,
                         const std::shared_ptr<const Model>& model, std::span<const float> query);

}  // namespace mayfly::engine
