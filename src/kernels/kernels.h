// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "kernels/dot_rows_u7s8.h"
#include "kernels/gemm_u7s8.h"

// The inner loops. Every variant of an operation gives the same bits on every machine: the integer
// ones because they are exact, the f32 ones because the order of operations is part of the contract
// ("lanes": element i belongs to partial sum i mod 4, the total is (s0 + s1) + (s2 + s3)) and
// neither fused multiply-add nor reassociation is allowed.
//
// Quantized activations and packed weights are for the variant that wrote them: `scalar` keeps
// [rows, k] as it is, the others panels (gemm_u7s8.h). Strides are in elements.
namespace mayfly::kernels {

// Rows of activations, each on its own: asymmetric, 0..127 (so that the relaxed dot products stay
// exact), of x[i][j] * channel_scale[j]; nullptr: of x itself. A constant row gets scale 0. Values
// must be finite; others give garbage, not a trap.
struct QuantizeRows {
  const float* x;  // [m, x_stride]
  std::size_t x_stride;
  const float* channel_scale;  // [k] or nullptr
  std::size_t m, k;            // k a multiple of 8
  std::uint8_t* quantized;     // activation_count(m, k) elements of Kernels::activation_bytes
  RowScale* rows;              // [m]
};

// The same, of the GELU of x, which takes the place of x.
struct GeluQuantizeRows {
  float* x;  // [m, k]
  std::size_t m, k;
  std::uint8_t* quantized;
  RowScale* rows;
};

// Keys of attention as weights [n, k] of gemm_u7s8: int8, symmetric per key, all panels narrow.
// Rows from n to padded_rows(n) are zeros.
struct QuantizeKeys {
  const float* x;  // [n, x_stride]
  std::size_t x_stride;
  std::size_t n, k;     // k a multiple of 8
  std::int8_t* packed;  // packed_bytes(n, k)
  float *scale, *sum;   // [padded_rows(n)], see GemmU7S8
};

// Values of attention as weights [n, k] of gemm_s16s8, n channels by k tokens: int8, symmetric per
// channel.
struct QuantizeValues {
  const float* x;  // [k, x_stride]: a token's channels side by side
  std::size_t x_stride;
  std::size_t n, k;     // n a multiple of 4
  std::int8_t* packed;  // packed_bytes(n, k)
  float* scale;         // [n]
};

// Softmax without its division, as activations of gemm_s16s8: with d the value minus its row's
// largest, a weight is round(2047 exp(d)), and rows[i] is {1 / sum of the row's weights, 0}, so
// that a row adds up to 1 whatever rounding did. Eleven bits, because a row may be one large weight
// and hundreds of small ones.
struct SoftmaxU11 {
  float* x;                  // [m, stride]; scratch afterwards
  std::size_t m, n, stride;  // n >= 1 values of a row count; stride = padded_depth(n)
  std::int16_t* weights;     // activation_count(m, n) elements
  RowScale* rows;            // [m]
};

// sum[j] += scales[id] * (code j of row id - 8), for each id in order; every product is rounded to
// f32 before it is added. A row is dim / 2 bytes: codes 0..15, the even one of each pair in the low
// half.
struct SumInt4Rows {
  const std::uint8_t* rows;  // [table rows, dim / 2]
  const float* scales;       // [table rows]
  const std::int32_t* ids;   // [count], each below the number of table rows
  std::size_t count, dim;    // dim a multiple of 16
  float* sum;                // [dim]
};

// Weights from [n, k] row-major to the variant's own order, packed_bytes(n, k). Not in place.
using pack_weights_fn = void(const std::int8_t* weights, std::size_t n, std::size_t k,
                             std::int8_t* packed);
using quantize_rows_fn = void(const QuantizeRows& args);
// Within 6e-4 of x * Phi(x), before quantization: gelu_f32.h.
using gelu_quantize_rows_fn = void(const GeluQuantizeRows& args);
using quantize_keys_fn = void(const QuantizeKeys& args);
using quantize_values_fn = void(const QuantizeValues& args);
// A weight is within 0.72 of 2047 exp: exp_u11.h.
using softmax_u11_fn = void(const SoftmaxU11& args);
using gemm_u7s8_fn = void(const GemmU7S8& args);
// The same with activations of 0..2047, two bytes each in every variant; k <= 8,192 (2047 * 127 *
// 2^13 < 2^31).
using gemm_s16s8_fn = void(const GemmS16S8& args);
// x[i] = layer_norm(x[i] + residual[i]) * gamma + beta (Ba et al. 2016), rows of k, a multiple
// of 4.
using add_layer_norm_fn = void(float* x, const float* residual, const float* gamma,
                               const float* beta, float epsilon, std::size_t m, std::size_t k);
// Sum of a[i] * b[i], exact while |a[i]| <= 4,095 and n <= 4,096; n a multiple of 8.
using dot_s16s8_fn = std::int32_t(const std::int16_t* a, const std::int8_t* b, std::size_t n);
using dot_rows_u7s8_fn = void(const DotRowsU7S8& args);
using sum_int4_rows_fn = void(const SumInt4Rows& args);

// One variant's kernels.
struct Kernels {
  std::string_view variant;
  std::size_t activation_bytes;  // per quantized activation: 1 or 2
  pack_weights_fn* pack_weights;
  quantize_rows_fn* quantize_rows;
  gelu_quantize_rows_fn* gelu_quantize_rows;
  quantize_keys_fn* quantize_keys;
  quantize_values_fn* quantize_values;
  softmax_u11_fn* softmax_u11;
  gemm_u7s8_fn* gemm_u7s8;
  gemm_s16s8_fn* gemm_s16s8;
  add_layer_norm_fn* add_layer_norm;
  dot_s16s8_fn* dot_s16s8;
  dot_rows_u7s8_fn* dot_rows_u7s8;
  sum_int4_rows_fn* sum_int4_rows;
};

#define MAYFLY_KERNEL(operation, variant, feature) extern operation##_fn operation##_##variant;
#include "kernels/kernels.inc"
#undef MAYFLY_KERNEL

// The variants that this build can run, slowest ("scalar", the reference) first.
std::span<const Kernels> variants() noexcept;
// The one in use: the last of variants(), unless select() or, natively, the environment variable
// MAYFLY_KERNELS chose another.
const Kernels& active() noexcept;
// Makes a variant the active one, for models that are loaded from now on: weights are packed for
// the variant that is active when they are loaded. Error(kInvalidArgument) for an unknown name.
void select(std::string_view variant);

}  // namespace mayfly::kernels
