// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/float_bits.h"
#include "kernels/simd.h"

// Rounding to the nearest integer, ties to even, without a conversion: adding 1.5 * 2^23 to an
// |x| < 2^22 leaves the rounded value in the low bits of the sum, two's complement.
namespace mayfly::kernels {

inline constexpr float kRoundMagic = 12582912.0F;

// The low byte: -128..127 for values that are, garbage (but no trap) for others.
inline std::int8_t round_to_int8(float x) {
  return static_cast<std::int8_t>(float_bits(x + kRoundMagic) & 255U);
}

// The low seven bits: 0..127 whatever x is.
inline std::uint8_t round_to_u7(float x) {
  return static_cast<std::uint8_t>(float_bits(x + kRoundMagic) & 127U);
}

// The low eleven bits: 0..2047 whatever x is.
inline std::int16_t round_to_u11(float x) {
  return static_cast<std::int16_t>(float_bits(x + kRoundMagic) & 2047U);
}

inline v128_t round_to_u11(v128_t x) {
  return wasm_v128_and(wasm_f32x4_add(x, wasm_f32x4_splat(kRoundMagic)), wasm_i32x4_splat(2047));
}

inline v128_t round_to_u7(v128_t x) {
  return wasm_v128_and(wasm_f32x4_add(x, wasm_f32x4_splat(kRoundMagic)), wasm_i32x4_splat(127));
}

// i32x4 of -128..127 where the values are.
inline v128_t round_to_int32(v128_t x) {
  const v128_t sum = wasm_f32x4_add(x, wasm_f32x4_splat(kRoundMagic));
  return wasm_i32x4_sub(sum, wasm_i32x4_splat(0x4B400000));
}

}  // namespace mayfly::kernels
