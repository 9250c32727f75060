// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

#include "kernels/gemm_u7s8.h"
#include "kernels/simd.h"

namespace mayfly::kernels {

// Where the SIMD variants put activations (gemm_u7s8.h), one byte or two each. A layout's
// store16(quantized, row, depth, j, ...) writes the 16 activations from element j of a row on, j a
// multiple of 16, each argument an i32x4 of 0..127.
struct BytePanels {
  static void store16(std::uint8_t* quantized, std::size_t row, std::size_t depth, std::size_t j,
                      v128_t q0, v128_t q1, v128_t q2, v128_t q3) {
    const v128_t q =
        wasm_u8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(q0, q1), wasm_i16x8_narrow_i32x4(q2, q3));
    std::uint8_t* out =
        quantized + (row - row % kPanelRows) * depth + 4 * j + 4 * (row % kPanelRows);
    wasm_v128_store32_lane(out, q, 0);
    wasm_v128_store32_lane(out + 16, q, 1);
    wasm_v128_store32_lane(out + 32, q, 2);
    wasm_v128_store32_lane(out + 48, q, 3);
  }
};

struct WordPanels {
  static void store16(std::uint8_t* quantized, std::size_t row, std::size_t depth, std::size_t j,
                      v128_t q0, v128_t q1, v128_t q2, v128_t q3) {
    const v128_t low = wasm_i16x8_narrow_i32x4(q0, q1);
    const v128_t high = wasm_i16x8_narrow_i32x4(q2, q3);
    std::uint8_t* out =
        quantized + 2 * (row - row % kPanelRows) * depth + 8 * j + 8 * (row % kPanelRows);
    wasm_v128_store64_lane(out, low, 0);
    wasm_v128_store64_lane(out + 32, low, 1);
    wasm_v128_store64_lane(out + 64, high, 0);
    wasm_v128_store64_lane(out + 96, high, 1);
  }
};

}  // namespace mayfly::kernels
