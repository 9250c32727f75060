// SPDX-License-Identifier: Apache-2.0
#include "kernels/hamming_rows.h"

#include "kernels/dot_rows_u7s8_tile.h"
#include "kernels/simd.h"

namespace mayfly::kernels {
namespace {

// A byte of the counts below holds 8 per vector.
constexpr std::size_t kVectorsPerSum = 31;

v128_t differing_bits(const std::uint64_t* a, const std::uint64_t* b) {
  return wasm_i8x16_popcnt(wasm_v128_xor(wasm_v128_load(a), wasm_v128_load(b)));
}

// i32x4: four parts of the distance of a row of any length.
v128_t distance(const std::uint64_t* a, const std::uint64_t* b, std::size_t vectors) {
  v128_t total = wasm_i16x8_splat(0);
  for (std::size_t first = 0; first < vectors; first += kVectorsPerSum) {
    const std::size_t end = vectors - first < kVectorsPerSum ? vectors : first + kVectorsPerSum;
    v128_t sum = differing_bits(a + 2 * first, b + 2 * first);
    for (std::size_t i = first + 1; i < end; ++i) {
      sum = wasm_i8x16_add(sum, differing_bits(a + 2 * i, b + 2 * i));
    }
    total = wasm_i16x8_add(total, wasm_u16x8_extadd_pairwise_u8x16(sum));
  }
  return wasm_u32x4_extadd_pairwise_u16x8(total);
}

std::uint16_t total_of(v128_t parts) {
  return static_cast<std::uint16_t>(
      wasm_i32x4_extract_lane(sum_each(parts, parts, parts, parts), 0));
}

void all_rows(const HammingRows& args) {
  const std::uint64_t* row = args.rows;
  for (std::size_t j = 0; j < args.count; ++j, row += args.words) {
    args.out[j] = total_of(distance(args.a, row, args.words / 2));
  }
}

// u8x16: sixteen parts of the distance, of kVectors times 128 bits.
template <std::size_t kVectors>
v128_t short_distance(const std::uint64_t* a, const std::uint64_t* b) {
  v128_t sum = differing_bits(a, b);
  for (std::size_t i = 1; i < kVectors; ++i) {
    sum = wasm_i8x16_add(sum, differing_bits(a + 2 * i, b + 2 * i));
  }
  return sum;
}

// Short rows, four at a time: folded together while the parts still fit into bytes, which hold
// four parts of 8 kVectors at the end.
template <std::size_t kVectors>
void short_rows(const HammingRows& args) {
  static_assert(4 * 8 * kVectors <= 255);
  constexpr std::size_t kWords = 2 * kVectors;
  const std::uint64_t* row = args.rows;
  std::size_t j = 0;
  for (; j + 4 <= args.count; j += 4, row += 4 * kWords) {
    const v128_t a = short_distance<kVectors>(args.a, row);
    const v128_t b = short_distance<kVectors>(args.a, row + kWords);
    const v128_t c = short_distance<kVectors>(args.a, row + 2 * kWords);
    const v128_t d = short_distance<kVectors>(args.a, row + 3 * kWords);
    const v128_t ab =
        wasm_i8x16_add(wasm_i64x2_shuffle(a, b, 0, 2), wasm_i64x2_shuffle(a, b, 1, 3));
    const v128_t cd =
        wasm_i8x16_add(wasm_i64x2_shuffle(c, d, 0, 2), wasm_i64x2_shuffle(c, d, 1, 3));
    const v128_t sums =
        wasm_u32x4_extadd_pairwise_u16x8(wasm_u16x8_extadd_pairwise_u8x16(wasm_i8x16_add(
            wasm_i32x4_shuffle(ab, cd, 0, 2, 4, 6), wasm_i32x4_shuffle(ab, cd, 1, 3, 5, 7))));
    wasm_v128_store64_lane(args.out + j, wasm_u16x8_narrow_i32x4(sums, sums), 0);
  }
  for (; j < args.count; ++j, row += kWords)
    args.out[j] = total_of(distance(args.a, row, kVectors));
}

}  // namespace

void hamming_rows(const HammingRows& args) {
  switch (args.words) {
    case 6:  // 384 dimensions
      return short_rows<3>(args);
    case 12:  // 768
      return short_rows<6>(args);
    default:
      return all_rows(args);
  }
}

std::size_t rows_at_most(const std::uint16_t* distances, std::size_t count, std::uint16_t limit,
                         std::uint32_t* out) {
  const v128_t limits = wasm_i16x8_splat(static_cast<std::int16_t>(limit));
  std::size_t found = 0, row = 0;
  for (; row + 8 <= count; row += 8) {
    auto rows = static_cast<std::uint32_t>(
        wasm_i16x8_bitmask(wasm_u16x8_le(wasm_v128_load(distances + row), limits)));
    for (; rows != 0; rows &= rows - 1) {
      out[found++] =
          static_cast<std::uint32_t>(row) + static_cast<std::uint32_t>(__builtin_ctz(rows));
    }
  }
  for (; row < count; ++row) {
    if (distances[row] <= limit) out[found++] = static_cast<std::uint32_t>(row);
  }
  return found;
}

}  // namespace mayfly::kernels
