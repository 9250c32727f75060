// SPDX-License-Identifier: Apache-2.0
#include "bench/vector_buffer.h"

#include <cstring>
#include <string>

#include "base/error.h"

namespace mayfly::bindings {

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

emscripten::val copy_out_rows(std::span<const index::RowHit> hits) {
  std::vector<std::uint32_t> rows;
  for (const index::RowHit& hit : hits) rows.push_back(static_cast<std::uint32_t>(hit.row));
  return copy_out(std::span<const std::uint32_t>(rows));
}

}  // namespace mayfly::bindings
