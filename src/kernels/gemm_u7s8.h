// SPDX-License-Identifier: Apache-2.0
#pragma once
// C headers only: the relaxed kernel pack is compiled without a C++ standard library.
#include <stddef.h>
#include <stdint.h>

namespace mayfly::kernels {

// Both matrix dimensions of a weight must be multiples of this.
inline constexpr size_t kPanelColumns = 8;

// How a row of activations was quantized: x[i] is about `min + scale * q[i]`, q in 0..127.
struct RowScale {
  float scale;
  float min;
};

// out[i][j] = acc * (rows[i].scale * column_scale[j]) + (rows[i].min * column_sum[j] + bias[j]),
// acc = sum over k of q[i][k] * w[j][k], exact in int32 for k <= 2^17 (127 * 128 * 2^17 = 2^31 -
// 2^24).
struct GemmU7S8 {
  const uint8_t* activations;  // [m, k] elements written by quantize_rows of the same variant
  const RowScale* rows;        // [m]
  const int8_t* weights;       // [n, k], written by pack_weights of the same variant
  const float* column_scale;   // [n] scale of output channel j
  const float* column_sum;     // [n] column_scale[j] * sum over k of w[j][k]
  const float* bias;           // [n]
  float* out;                  // [m, out_stride]
  size_t m, n, k, out_stride;  // n and k multiples of kPanelColumns
};

}  // namespace mayfly::kernels
