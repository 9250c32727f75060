// SPDX-License-Identifier: Apache-2.0
#include "kernels/sign_order.h"

#include "kernels/simd.h"

namespace mayfly::kernels {
namespace {

constexpr std::size_t kLowDigits = 4, kMaxDigits = 13;
static_assert(kPlanesPerStep == 1U << kLowDigits);

// a + b + c of each row: the sum's low digit to `low`, the high one returned.
inline v128_t add(v128_t& low, v128_t a, v128_t b, v128_t c) {
  const v128_t either = wasm_v128_xor(a, b);
  low = wasm_v128_xor(either, c);
  return wasm_v128_or(wasm_v128_and(a, b), wasm_v128_and(either, c));
}

struct PlaneReader {
  const char* planes;
  const std::uint32_t* next;
  v128_t read() { return wasm_v128_load(planes + *next++); }
};

// Adds the next 2^(kDigit + 1) planes to digits 0..kDigit; returns what is carried to the next
// digit. A binary tree of adders: each digit takes two carries of the one below it.
template <std::size_t kDigit>
[[gnu::always_inline]] inline v128_t add_planes(v128_t* digits, PlaneReader& reader) {
  v128_t a, b;
  if constexpr (kDigit == 0) {
    a = reader.read();
    b = reader.read();
  } else {
    a = add_planes<kDigit - 1>(digits, reader);
    b = add_planes<kDigit - 1>(digits, reader);
  }
  return add(digits[kDigit], digits[kDigit], a, b);
}

}  // namespace

void sign_order(const SignOrder& args) {
  v128_t low[kLowDigits], high[kMaxDigits - kLowDigits];
  for (v128_t& digit : low) digit = wasm_i64x2_splat(0);
  for (v128_t& digit : high) digit = wasm_i64x2_splat(0);
  const std::size_t high_digits = args.digits - kLowDigits;
  PlaneReader reader{reinterpret_cast<const char*>(args.planes), args.offsets};
  for (std::size_t i = 0; i < args.count; i += kPlanesPerStep) {
    v128_t carry = add_planes<kLowDigits - 1>(low, reader);
    for (std::size_t d = 0; d < high_digits; ++d) {
      const v128_t next = wasm_v128_and(high[d], carry);
      high[d] = wasm_v128_xor(high[d], carry);
      carry = next;
    }
  }
  // p's lowest digit has no counterpart in twice the complement of c.
  wasm_v128_store(args.out, wasm_v128_load(args.set));
  v128_t carry = wasm_i64x2_splat(0);
  for (std::size_t d = 0; d <= args.digits; ++d) {
    const v128_t zero = wasm_i64x2_splat(0);
    const v128_t p = d + 1 < args.digits ? wasm_v128_load(args.set + 2 * (d + 1)) : zero;
    const v128_t c =
        d == args.digits ? zero : wasm_v128_not(d < kLowDigits ? low[d] : high[d - kLowDigits]);
    v128_t sum;
    carry = add(sum, p, c, carry);
    wasm_v128_store(args.out + (d + 1) * args.stride, sum);
  }
}

}  // namespace mayfly::kernels
