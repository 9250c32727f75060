// SPDX-License-Identifier: Apache-2.0
#pragma once
// C headers only: the relaxed kernel pack is compiled without a C++ standard library.
#include <stddef.h>
#include <stdint.h>

namespace mayfly::kernels {

// The SIMD variants work on tiles of 4 rows by 4 columns, 16 deep. Their operands are stored in
// panels of 4 rows (or output channels), filled up with zeros to a depth that is a multiple of 16:
// for each four neighbours along k in turn, those of row 0, of row 1, of row 2, of row 3.
inline constexpr size_t kPanelRows = 4;
inline constexpr size_t kDepthStep = 16;

constexpr size_t padded_rows(size_t m) { return (m + kPanelRows - 1) / kPanelRows * kPanelRows; }
constexpr size_t padded_depth(size_t k) { return (k + kDepthStep - 1) / kDepthStep * kDepthStep; }
// Elements that quantize_rows and softmax_u7 may write for [m, k] activations.
constexpr size_t activation_count(size_t m, size_t k) { return padded_rows(m) * padded_depth(k); }
// Bytes of packed [n, k] weights: the panels, then one flag for each of them.
constexpr size_t packed_bytes(size_t n, size_t k) {
  return padded_rows(n) * padded_depth(k) + padded_rows(n) / kPanelRows;
}

// A panel is `narrow` (its flag is 1) when eight products can be added up in int16. Activations are
// at most 127, so it is enough that in each group of eight weights that are added, the positive
// ones sum up to at most 258 and the negative ones to at least -258: 127 * 258 = 32,766. For output
// channel j, block b and i = 0, 1 a group is w[j][16 b + 4 quad + 2 i + e], quad = 0..3, e = 0, 1.
inline constexpr int kNarrowSum = 258;

// How a row of activations was quantized: x[i] is about `min + scale * q[i]`, q in 0..127.
struct RowScale {
  float scale;
  float min;
};

// out[i][j] = acc * (rows[i].scale * column_scale[j]) + (rows[i].min * column_sum[j] + bias[j]),
// acc = sum over k of q[i][k] * w[j][k], exact in int32 for k <= 2^17 (127 * 128 * 2^17 = 2^31 -
// 2^24).
template <typename Activation>
struct Gemm {
  const Activation* activations;  // [m, k], written by the same variant
  const RowScale* rows;           // [m]
  const int8_t* weights;          // [n, k], packed by the same variant
  const float* column_scale;      // [n] scale of output channel j
  const float* column_sum;        // [n] column_scale[j] * sum over k of w[j][k]
  const float* bias;              // [n]
  float* out;                     // [m, out_stride]
  size_t m, n, k, out_stride;     // n a multiple of kPanelRows
};
using GemmU7S8 = Gemm<uint8_t>;   // activations written by quantize_rows, gelu_quantize_rows
using GemmS16S8 = Gemm<int16_t>;  // activations written by softmax_u11

}  // namespace mayfly::kernels
