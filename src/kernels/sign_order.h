// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

// Not in the table of kernels.h, which whoever links one kernel links whole: only binary indexes
// need it, and the module that visitors download has none. It has one form, that of simd128.
namespace mayfly::kernels {

// Orders 128 rows of bits by how many of them differ from those of a query.
//
// A plane is 128 bits, one of each row: plane d has bit d of every row. For a row with p bits set,
// c of them where the query has one too, p + q - 2 c bits differ, q being the same for all rows. So
// only the planes where the query has a bit are read, half of them as a rule, and they are added up
// with full adders, 128 rows at once and five operations a plane, where counting row by row takes
// three times as many. (Vertical counters: Warren, "Hacker's Delight", 2nd ed., 5-1; Mula, Kurz and
// Lemire, "Faster Population Counts Using AVX2 Instructions", 2018.)
struct SignOrder {
  const std::uint64_t* planes;   // aligned to 16 bytes
  const std::uint32_t* offsets;  // [count] from `planes`, in bytes, of the planes to add up
  std::size_t count;             // a multiple of kPlanesPerStep; planes of zeros fill up
  const std::uint64_t* set;      // [digits, 2] p as a binary number, the lowest digit first
  std::size_t digits;            // 4..13: 2^digits is above p and above count
  // Digit i of p + 2 (2^digits - 1 - c) to out[i * stride] and out[i * stride + 1],
  // i < digits + 2: what orders the rows.
  std::uint64_t* out;
  std::size_t stride;
};
inline constexpr std::size_t kPlanesPerStep = 16;

void sign_order(const SignOrder& args);

}  // namespace mayfly::kernels
