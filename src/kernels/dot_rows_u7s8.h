// SPDX-License-Identifier: Apache-2.0
#pragma once
// C headers only: the relaxed kernel pack is compiled without a C++ standard library.
#include <stddef.h>
#include <stdint.h>

namespace mayfly::kernels {

// out[j] = sum over i of a[i] * rows[j][i], exact: a of 0..127, n a multiple of 16, at most 2^17.
// One call for many rows, because a load of `a` serves four of them, and because rows that lie
// apart in memory are then waited for together.
struct DotRowsU7S8 {
  const uint8_t* a;           // [n]
  const int8_t* const* rows;  // [count] of [n]
  size_t count, n;
  int32_t* out;  // [count]
};

}  // namespace mayfly::kernels
