// SPDX-License-Identifier: Apache-2.0
#include "kernels/dot_rows_u7s8_tile.h"
#include "kernels/kernels.h"

namespace mayfly::kernels {
namespace {

// Both sides are widened to int16; the query's widening serves four rows.
struct WideningProduct {
  struct Query {
    v128_t low, high;
  };
  static Query load(const uint8_t* a) { return {wasm_u16x8_load8x8(a), wasm_u16x8_load8x8(a + 8)}; }
  static v128_t add(v128_t sum, const Query& query, const int8_t* row) {
    sum = wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(query.low, wasm_i16x8_load8x8(row)));
    return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(query.high, wasm_i16x8_load8x8(row + 8)));
  }
};

}  // namespace

void dot_rows_u7s8_simd128(const DotRowsU7S8& args) { dot_rows_tile<WideningProduct>(args); }

}  // namespace mayfly::kernels
