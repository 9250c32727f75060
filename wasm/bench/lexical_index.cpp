// SPDX-License-Identifier: Apache-2.0
// The lexical index on its own: what the benchmark of text search calls. Rows are numbered in the
// order in which they came.
#include "lexical/lexical_index.h"

#include <memory>
#include <string_view>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/buffer.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using lexical::LexicalIndex;

std::shared_ptr<LexicalIndex> make_lexical_index() { return std::make_shared<LexicalIndex>(); }

// UTF-8.
std::string_view text_in(Buffer& buffer) { return {buffer.bytes().data(), buffer.bytes().size()}; }

void append_document(LexicalIndex& index, Buffer& title, Buffer& body) {
  guarded([&] { index.append({text_in(title), {}, text_in(body)}); });
}

// The rows of the k best, best first.
val search(const LexicalIndex& index, Buffer& query, std::size_t k) {
  return guarded([&] {
    std::vector<std::uint32_t> rows;
    for (const lexical::LexicalHit& hit : index.search(text_in(query), k)) {
      rows.push_back(static_cast<std::uint32_t>(hit.row));
    }
    return copy_out(std::span<const std::uint32_t>(rows));
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_lexical_index) {
  emscripten::class_<LexicalIndex>("LexicalIndex")
      .smart_ptr_constructor("LexicalIndex", &make_lexical_index)
      .function("append", &append_document)
      .function("search", &search);
}

}  // namespace mayfly::bindings
