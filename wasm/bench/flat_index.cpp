// SPDX-License-Identifier: Apache-2.0
// The exact index on its own, for vectors that are there already: what the benchmark of vector
// search calls. Rows are numbered in the order in which they came.
#include "index/flat_index.h"

#include <memory>

#include "bench/vector_buffer.h"
#include "bindings/boundary.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using index::FlatIndex;

std::shared_ptr<FlatIndex> make_index(std::size_t dim) {
  return guarded([&] { return std::make_shared<FlatIndex>(dim); });
}

// The numbers of the k best rows for the one vector in the buffer, best first.
val search(const FlatIndex& index, Buffer& query, std::size_t k) {
  return guarded(
      [&] { return copy_out_rows(index.search(unpack_vectors(query, index.dim()), k)); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_flat_index) {
  emscripten::class_<FlatIndex>("FlatIndex")
      .smart_ptr_constructor("FlatIndex", &make_index)
      .function("append", &append_vectors<FlatIndex>)
      .function("byteCount", &FlatIndex::byte_count)
      .function("search", &search);
}

}  // namespace mayfly::bindings
