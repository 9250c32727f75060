// SPDX-License-Identifier: Apache-2.0
// Part of the kernel pack, see gemm_u7s8_relaxed.cpp.
#if !defined(__wasm__) || defined(__wasm_relaxed_simd__)
#include "kernels/dot_rows_u7s8_tile.h"
#include "kernels/relaxed_simd.h"

namespace mayfly::kernels {
namespace {

// Four bytes at once: vpdpbusd on x86 with AVX-VNNI, sdot on ARM.
struct QuadProduct : StoredQuery {
  static v128_t add(v128_t sum, Query query, const int8_t* row) {
    return add_dot_quads(sum, wasm_v128_load(row), query);
  }
};

}  // namespace

void dot_rows_u7s8_relaxed_dot(const DotRowsU7S8& args) { dot_rows_tile<QuadProduct>(args); }

}  // namespace mayfly::kernels
#endif
