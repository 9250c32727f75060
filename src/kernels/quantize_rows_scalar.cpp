// SPDX-License-Identifier: Apache-2.0

#include "base/float_bits.h"
#include "kernels/exp_f32.h"
#include "kernels/kernels.h"

namespace mayfly::kernels {

// Adding kRoundMagic rounds to the nearest integer, ties to even, and leaves it in the low bits;
// the mask keeps 0..127 even for values that are not finite.
void quantize_rows_scalar(const float* x, const float* channel_scale, std::size_t m, std::size_t k,
                          std::uint8_t* quantized, RowScale* rows) {
  const auto value = [&](std::size_t j) {
    return channel_scale != nullptr ? x[j] * channel_scale[j] : x[j];
  };
  for (std::size_t i = 0; i < m; ++i, x += k, quantized += k) {
    float low = value(0);
    float high = low;
    for (std::size_t j = 1; j < k; ++j) {
      low = value(j) < low ? value(j) : low;
      high = high < value(j) ? value(j) : high;
    }
    const float range = high - low;
    const float inverse = range > 0.0F ? 127.0F / range : 0.0F;
    for (std::size_t j = 0; j < k; ++j) {
      const float shifted = (value(j) - low) * inverse + kRoundMagic;
      quantized[j] = static_cast<std::uint8_t>(float_bits(shifted) & 127U);
    }
    rows[i] = {range / 127.0F, low};
  }
}

}  // namespace mayfly::kernels
