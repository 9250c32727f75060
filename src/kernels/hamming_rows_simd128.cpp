// SPDX-License-Identifier: Apache-2.0
#include "kernels/dot_rows_u7s8_tile.h"
#include "kernels/kernels.h"
#include "kernels/simd.h"

namespace mayfly::kernels {
namespace {

// A byte of the counts below holds 8 per vector.
constexpr std::size_t kVectorsPerSum = 31;

v128_t differing_bits(const std::uint64_t* a, const std::uint64_t* b) {
  return wasm_i8x16_popcnt(wasm_v128_xor(wasm_v128_load(a), wasm_v128_load(b)));
}

// i32x4: four parts of the distance. kVectors: how many 128 bits a row has, known to the compiler,
// which unrolls the loop, or 0 for any number.
template <std::size_t kVectors>
v128_t distance(const std::uint64_t* a, const std::uint64_t* b, std::size_t words) {
  const std::size_t vectors = kVectors > 0 ? kVectors : words / 2;
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

template <std::size_t kVectors>
void all_rows(const HammingRows& args) {
  const std::size_t words = kVectors > 0 ? 2 * kVectors : args.words;
  const std::uint64_t* row = args.rows;
  std::size_t j = 0;
  for (; j + 4 <= args.count; j += 4, row += 4 * words) {
    const v128_t sums = sum_each(distance<kVectors>(args.a, row, words),
                                 distance<kVectors>(args.a, row + words, words),
                                 distance<kVectors>(args.a, row + 2 * words, words),
                                 distance<kVectors>(args.a, row + 3 * words, words));
    wasm_v128_store64_lane(args.out + j, wasm_u16x8_narrow_i32x4(sums, sums), 0);
  }
  for (; j < args.count; ++j, row += words) {
    const v128_t sum = distance<kVectors>(args.a, row, words);
    args.out[j] =
        static_cast<std::uint16_t>(wasm_i32x4_extract_lane(sum_each(sum, sum, sum, sum), 0));
  }
}

}  // namespace

void hamming_rows_simd128(const HammingRows& args) {
  switch (args.words) {
    case 6:  // 384 dimensions
      return all_rows<3>(args);
    case 12:  // 768
      return all_rows<6>(args);
    default:
      return all_rows<0>(args);
  }
}

}  // namespace mayfly::kernels
