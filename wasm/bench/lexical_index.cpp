// SPDX-License-Identifier: Apache-2.0
// The lexical index on its own: what the benchmark of text search calls. Rows are numbered in the
// order in which they came.
#include "lexical/lexical_index.h"

#include <memory>
#include <string_view>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/buffer.h"
#include "bindings/packed_strings.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using lexical::LexicalIndex;

std::shared_ptr<LexicalIndex> make_lexical_index() { return std::make_shared<LexicalIndex>(); }

// Packed strings (packed_strings.h): title and body of each document in turn.
void append_texts(LexicalIndex& index, Buffer& packed) {
  guarded([&] {
    const auto texts = unpack_strings(packed.bytes());
    for (std::size_t i = 0; i + 1 < texts.size(); i += 2)
      index.append({texts[i], {}, texts[i + 1]});
  });
}

// The rows of the k best for the text in the buffer, best first.
val search(const LexicalIndex& index, Buffer& query, std::size_t k) {
  return guarded([&] {
    const std::string_view text(query.bytes().data(), query.bytes().size());
    std::vector<std::uint32_t> rows;
    for (const lexical::LexicalHit& hit : index.search(text, k)) {
      rows.push_back(static_cast<std::uint32_t>(hit.row));
    }
    return copy_out(std::span<const std::uint32_t>(rows));
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_lexical_index) {
  emscripten::class_<LexicalIndex>("LexicalIndex")
      .smart_ptr_constructor("LexicalIndex", &make_lexical_index)
      .function("append", &append_texts)
      .function("search", &search);
}

}  // namespace mayfly::bindings
