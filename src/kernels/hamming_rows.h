// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

// Not in the table of kernels.h, which whoever links one kernel links whole: only binary indexes
// need it, and the module that visitors download has none. It has one form, that of simd128.
namespace mayfly::kernels {

// out[j] = how many bits of row j differ from those of `a`.
struct HammingRows {
  const std::uint64_t* a;     // [words]
  const std::uint64_t* rows;  // [count, words]
  std::size_t count, words;   // words even, at most 64
  std::uint16_t* out;         // [count]
};

void hamming_rows(const HammingRows& args);

// Writes the rows whose distance is at most `limit` to `out` [count], in order; how many.
std::size_t rows_at_most(const std::uint16_t* distances, std::size_t count, std::uint16_t limit,
                         std::uint32_t* out);

}  // namespace mayfly::kernels
