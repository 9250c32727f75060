// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

#include "base/error.h"

namespace mayfly {

// a * b, or Error(kInvalidModel): the operands come from files, and size_t has 32 bits in wasm32.
template <typename T>
T checked_multiply(T a, T b) {
  static_assert(std::is_unsigned_v<T>);
  T product;
  if (__builtin_mul_overflow(a, b, &product)) {
    throw Error(ErrorCode::kInvalidModel, "a size in the model file overflows; download it again");
  }
  return product;
}

// The value as size_t, or Error(kInvalidModel) where it does not fit (64-bit sizes under wasm32).
inline std::size_t checked_size(std::uint64_t value) {
  if (value > std::numeric_limits<std::size_t>::max()) {
    throw Error(ErrorCode::kInvalidModel,
                "a size in the model file exceeds the address space; download it again");
  }
  return static_cast<std::size_t>(value);
}

}  // namespace mayfly
