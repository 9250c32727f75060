// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "bindings/boundary.h"
#include "bindings/buffer.h"
#include "index/row_hit.h"

namespace mayfly::bindings {

// The buffer's bytes as f32, whose count must be a multiple of dim, else
// Error(kDimensionMismatch).
std::vector<float> unpack_vectors(Buffer& buffer, std::size_t dim);

// The numbers of the rows found, as a Uint32Array.
emscripten::val copy_out_rows(std::span<const index::RowHit> hits);

// Each vector of the buffer in turn.
template <typename Index>
void append_vectors(Index& index, Buffer& vectors) {
  guarded([&] {
    const std::size_t dim = index.dim();
    const std::vector<float> values = unpack_vectors(vectors, dim);
    for (std::size_t begin = 0; begin < values.size(); begin += dim) {
      index.append(std::span(values).subspan(begin, dim));
    }
  });
}

}  // namespace mayfly::bindings
