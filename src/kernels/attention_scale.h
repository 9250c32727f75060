// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/gemm_u7s8.h"

namespace mayfly::kernels {

// The scale of an int8 row whose largest magnitude is `largest` and whose largest sum of one sign
// in a group of eight (gemm_u7s8.h) is `group`: 127 at most, and 254 at most for the group, to
// which rounding adds at most 8 * 0.5 = kNarrowSum - 254.
inline constexpr float kNarrowTarget = 254.0F;

inline float narrow_scale(float largest, float group) {
  const float by_value = largest / 127.0F;
  const float by_group = group / kNarrowTarget;
  return by_value < by_group ? by_group : by_value;
}

// Rows without a larger scale count as zero: 1 / x would overflow.
inline constexpr float kSmallestScale = 1e-30F;

inline float inverse_or_zero(float scale) { return scale > kSmallestScale ? 1.0F / scale : 0.0F; }

}  // namespace mayfly::kernels
