// SPDX-License-Identifier: Apache-2.0
// The graph index on its own, see vector_index.cpp.
#include "index/hnsw_index.h"

#include <memory>

#include "bench/vector_buffer.h"
#include "bindings/boundary.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using index::HnswIndex;

// bits: 8 or 10 for each dimension.
std::shared_ptr<HnswIndex> make_index(std::size_t dim, std::size_t m, std::size_t ef_construction,
                                      std::size_t bits) {
  index::HnswOptions options;
  options.m = m;
  options.ef_construction = ef_construction;
  if (bits == 10) options.precision = index::Precision::kInt10;
  return guarded([&] { return std::make_shared<HnswIndex>(dim, options); });
}

// The numbers of the k best rows found for the one vector in the buffer, best first.
val search(const HnswIndex& index, Buffer& query, std::size_t k, std::size_t ef) {
  return guarded(
      [&] { return copy_out_rows(index.search(unpack_vectors(query, index.dim()), k, ef)); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_hnsw_index) {
  emscripten::class_<HnswIndex>("HnswIndex")
      .smart_ptr_constructor("HnswIndex", &make_index)
      .function("append", &append_vectors<HnswIndex>)
      .function("byteCount", &HnswIndex::byte_count)
      .function("search", &search);
}

}  // namespace mayfly::bindings
