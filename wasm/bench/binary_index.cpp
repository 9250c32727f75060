// SPDX-License-Identifier: Apache-2.0
// The two-stage index on its own, see flat_index.cpp.
#include "index/binary_index.h"

#include <memory>

#include "bench/vector_buffer.h"
#include "bindings/boundary.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using index::BinaryIndex;

std::shared_ptr<BinaryIndex> make_index(std::size_t dim) {
  return guarded([&] { return std::make_shared<BinaryIndex>(dim); });
}

// The numbers of the k best rows found for the one vector in the buffer, best first.
val search(const BinaryIndex& index, Buffer& query, std::size_t k) {
  return guarded(
      [&] { return copy_out_rows(index.search(unpack_vectors(query, index.dim()), k)); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_binary_index) {
  emscripten::class_<BinaryIndex>("BinaryIndex")
      .smart_ptr_constructor("BinaryIndex", &make_index)
      .function("append", &append_vectors<BinaryIndex>)
      .function("byteCount", &BinaryIndex::byte_count)
      .function("search", &search);
}

}  // namespace mayfly::bindings
