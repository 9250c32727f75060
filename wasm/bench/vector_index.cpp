// SPDX-License-Identifier: Apache-2.0
// The indexes on their own, for vectors that are there already: what the benchmark of vector search
// calls. Rows are numbered in the order in which they came. (The graph, whose settings the
// benchmark varies, has a file of its own.)
#include "index/vector_index.h"

#include <memory>
#include <string>

#include "bench/vector_buffer.h"
#include "bindings/boundary.h"
#include "index/index_kind.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using index::VectorIndex;

std::shared_ptr<VectorIndex> make_index(const std::string& kind, std::size_t dim) {
  return guarded([&]() -> std::shared_ptr<VectorIndex> {
    return index::make_index(index::index_kind(kind), dim);
  });
}

// The numbers of the k best rows found for the one vector in the buffer, best first.
val search(const VectorIndex& index, Buffer& query, std::size_t k) {
  return guarded(
      [&] { return copy_out_rows(index.search(unpack_vectors(query, index.dim()), k)); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_vector_index) {
  emscripten::class_<VectorIndex>("VectorIndex")
      .smart_ptr_constructor("VectorIndex", &make_index)
      .function("append", &append_vectors<VectorIndex>)
      .function("byteCount", &VectorIndex::byte_count)
      .function("search", &search);
}

}  // namespace mayfly::bindings
