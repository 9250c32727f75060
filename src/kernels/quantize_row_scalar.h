// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/kernels.h"
#include "kernels/rounding.h"

namespace mayfly::kernels {

// One row of value(0), ..., value(k - 1).
template <typename Value>
RowScale quantize_row_scalar(Value value, std::size_t k, std::uint8_t* quantized) {
  float low = value(0);
  float high = low;
  for (std::size_t j = 1; j < k; ++j) {
    low = value(j) < low ? value(j) : low;
    high = high < value(j) ? value(j) : high;
  }
  const float range = high - low;
  const float inverse = range > 0.0F ? 127.0F / range : 0.0F;
  for (std::size_t j = 0; j < k; ++j) quantized[j] = round_to_u7((value(j) - low) * inverse);
  return {range / 127.0F, low};
}

}  // namespace mayfly::kernels
