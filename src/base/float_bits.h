// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace mayfly {

// The bits of an IEEE 754 single and back. (std::bit_cast is missing from older Emscripten's
// library.)
constexpr std::uint32_t float_bits(float value) { return __builtin_bit_cast(std::uint32_t, value); }
constexpr float float_from_bits(std::uint32_t bits) { return __builtin_bit_cast(float, bits); }

}  // namespace mayfly
