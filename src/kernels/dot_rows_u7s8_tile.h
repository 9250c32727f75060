// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/dot_rows_u7s8.h"
#include "kernels/simd.h"

namespace mayfly::kernels {

// i32x4: the total of each of the four vectors.
inline v128_t sum_each(v128_t a, v128_t b, v128_t c, v128_t d) {
  const v128_t ab = wasm_i32x4_add(wasm_i32x4_shuffle(a, b, 0, 4, 1, 5),
                                   wasm_i32x4_shuffle(a, b, 2, 6, 3, 7));  // a b a b
  const v128_t cd =
      wasm_i32x4_add(wasm_i32x4_shuffle(c, d, 0, 4, 1, 5), wasm_i32x4_shuffle(c, d, 2, 6, 3, 7));
  return wasm_i32x4_add(wasm_i32x4_shuffle(ab, cd, 0, 1, 4, 5),
                        wasm_i32x4_shuffle(ab, cd, 2, 3, 6, 7));
}

// A query that is multiplied as it is stored.
struct StoredQuery {
  using Query = v128_t;
  static Query load(const uint8_t* a) { return wasm_v128_load(a); }
};

// Product has Query, load(a) -> Query of 16 elements and add(sum, query, row) -> sum, i32x4.
template <typename Product>
void dot_rows_tile(const DotRowsU7S8& args) {
  const v128_t zero = wasm_i32x4_splat(0);
  size_t j = 0;
  for (; j + 4 <= args.count; j += 4) {
    const int8_t *row0 = args.rows[j], *row1 = args.rows[j + 1], *row2 = args.rows[j + 2],
                 *row3 = args.rows[j + 3];
    v128_t sum0 = zero, sum1 = zero, sum2 = zero, sum3 = zero;
    for (size_t i = 0; i < args.n; i += 16) {
      const typename Product::Query query = Product::load(args.a + i);
      sum0 = Product::add(sum0, query, row0 + i);
      sum1 = Product::add(sum1, query, row1 + i);
      sum2 = Product::add(sum2, query, row2 + i);
      sum3 = Product::add(sum3, query, row3 + i);
    }
    wasm_v128_store(args.out + j, sum_each(sum0, sum1, sum2, sum3));
  }
  for (; j < args.count; ++j) {
    v128_t sum = zero;
    for (size_t i = 0; i < args.n; i += 16) {
      sum = Product::add(sum, Product::load(args.a + i), args.rows[j] + i);
    }
    args.out[j] = wasm_i32x4_extract_lane(sum_each(sum, sum, sum, sum), 0);
  }
}

}  // namespace mayfly::kernels
