// SPDX-License-Identifier: Apache-2.0
// Part of the kernel pack, see gemm_u7s8_relaxed.cpp.
#if !defined(__wasm__) || defined(__wasm_relaxed_simd__)
#include "kernels/dot_rows_u7s8_tile.h"
#include "kernels/relaxed_simd.h"

namespace mayfly::kernels {
namespace {

// Pairs of bytes into int16 (pmaddubsw on x86), int16 pairs into int32 by a product with ones.
struct PairProduct : StoredQuery {
  static v128_t add(v128_t sum, Query query, const int8_t* row) {
    const v128_t pairs = dot_pairs(wasm_v128_load(row), query);
    return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(pairs, wasm_i16x8_splat(1)));
  }
};

}  // namespace

void dot_rows_u7s8_relaxed(const DotRowsU7S8& args) { dot_rows_tile<PairProduct>(args); }

}  // namespace mayfly::kernels
#endif
