// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"
#include "kernels/simd.h"

namespace mayfly::kernels {
namespace {

inline void add_scaled(float* sum, v128_t integers, v128_t scale) {
  const v128_t product = wasm_f32x4_mul(scale, wasm_f32x4_convert_i32x4(integers));
  wasm_v128_store(sum, wasm_f32x4_add(wasm_v128_load(sum), product));
}

// 16 values from 8 bytes: the low halves and the high halves, then one of each in turn.
inline v128_t unpack(const std::uint8_t* bytes) {
  const v128_t packed = wasm_v128_load64_zero(bytes);
  const v128_t low = wasm_v128_and(packed, wasm_i8x16_splat(15));
  const v128_t high = wasm_u8x16_shr(packed, 4);
  const v128_t codes =
      wasm_i8x16_shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  return wasm_i8x16_sub(codes, wasm_i8x16_splat(8));
}

}  // namespace

void sum_int4_rows_simd128(const SumInt4Rows& args) {
  for (std::size_t i = 0; i < args.count; ++i) {
    const auto id = static_cast<std::size_t>(args.ids[i]);
    const std::uint8_t* row = args.rows + id * (args.dim / 2);
    const v128_t scale = wasm_f32x4_splat(args.scales[id]);
    for (std::size_t j = 0; j < args.dim; j += 16) {
      const v128_t values = unpack(row + j / 2);
      const v128_t low = wasm_i16x8_extend_low_i8x16(values);
      const v128_t high = wasm_i16x8_extend_high_i8x16(values);
      add_scaled(args.sum + j, wasm_i32x4_extend_low_i16x8(low), scale);
      add_scaled(args.sum + j + 4, wasm_i32x4_extend_high_i16x8(low), scale);
      add_scaled(args.sum + j + 8, wasm_i32x4_extend_low_i16x8(high), scale);
      add_scaled(args.sum + j + 12, wasm_i32x4_extend_high_i16x8(high), scale);
    }
  }
}

}  // namespace mayfly::kernels
