// SPDX-License-Identifier: Apache-2.0
// The exact index on its own, for vectors that are there already: what the benchmark of vector
// search calls. Rows are numbered in the order in which they came.
#include "index/flat_index.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "bindings/boundary.h"
#include "bindings/buffer.h"

namespace mayfly::bindings {
namespace {

using emscripten::val;
using index::FlatIndex;

std::shared_ptr<FlatIndex> make_index(std::size_t dim) {
  return guarded([&] { return std::make_shared<FlatIndex>(dim); });
}

// The buffer's bytes as f32, whose count must be a multiple of dim.
std::vector<float> unpack_vectors(Buffer& buffer, std::size_t dim) {
  const std::span<const char> bytes = buffer.bytes();
  if (bytes.size() % (dim * sizeof(float)) != 0) {
    throw Error(ErrorCode::kDimensionMismatch,
                "pass whole vectors of " + std::to_string(dim) + " floats");
  }
  std::vector<float> values(bytes.size() / sizeof(float));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

void append(FlatIndex& index, Buffer& vectors) {
  guarded([&] {
    const std::size_t dim = index.dim();
    const std::vector<float> values = unpack_vectors(vectors, dim);
    for (std::size_t begin = 0; begin < values.size(); begin += dim) {
      index.append(std::span(values).subspan(begin, dim));
    }
  });
}

// The numbers of the k best rows for the one vector in the buffer, best first.
val search(const FlatIndex& index, Buffer& query, std::size_t k) {
  return guarded([&] {
    std::vector<std::uint32_t> rows;
    for (const index::RowHit& hit : index.search(unpack_vectors(query, index.dim()), k)) {
      rows.push_back(static_cast<std::uint32_t>(hit.row));
    }
    return copy_out(std::span<const std::uint32_t>(rows));
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_flat_index) {
  emscripten::class_<FlatIndex>("FlatIndex")
      .smart_ptr_constructor("FlatIndex", &make_index)
      .function("append", &append)
      .function("search", &search);
}

}  // namespace mayfly::bindings
