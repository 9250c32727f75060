// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "kernels/gemm_u7s8.h"

// The inner loops. Every variant of an operation gives the same bits on every machine: the integer
// ones because they are exact, the f32 ones because the order of operations is part of the contract
// ("lanes": element i belongs to partial sum i mod 4, the total is (s0 + s1) + (s2 + s3)) and
// neither fused multiply-add nor reassociation is allowed.
namespace mayfly::kernels {

// c[m, n] = a[m, k] * b[k, n], each sum in ascending order of k. n a multiple of 8. Strides in
// elements.
struct GemmF32 {
  const float* a;
  const float* b;
  float* c;
  std::size_t m, n, k, a_stride, b_stride, c_stride;
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

// Weights from [n, k] row-major to the variant's own order, n * k bytes. Not in place.
using pack_weights_fn = void(const std::int8_t* weights, std::size_t n, std::size_t k,
                             std::int8_t* packed);
// Each row on its own: asymmetric, 0..127 (so that the relaxed dot products stay exact), of
// x[i][j] * channel_scale[j]; nullptr: of x itself. A constant row gets scale 0. k a multiple of 8.
// Values must be finite; others give garbage, not a trap. An element of `quantized` takes one byte
// or two, as the variant's gemm reads it (Kernels::activation_bytes).
using quantize_rows_fn = void(const float* x, const float* channel_scale, std::size_t m,
                              std::size_t k, std::uint8_t* quantized, RowScale* rows);
using gemm_u7s8_fn = void(const GemmU7S8& args);
using gemm_f32_fn = void(const GemmF32& args);
// x[i] = layer_norm(x[i] + residual[i]) * gamma + beta (Ba et al. 2016), rows of k, a multiple
// of 4.
using add_layer_norm_fn = void(float* x, const float* residual, const float* gamma,
                               const float* beta, float epsilon, std::size_t m, std::size_t k);
// In place over each row's first n values, n >= 1; the values from n to `stride` (a multiple of 4)
// become 0. exp by range reduction and a polynomial, see exp_f32.h.
using softmax_fn = void(float* x, std::size_t m, std::size_t n, std::size_t stride);
// In place; count a multiple of 4. Within 6e-5 of x * Phi(x) for |x| <= 8, 1e-5 |x| beyond:
// gelu_f32.h.
using gelu_fn = void(float* x, std::size_t count);
// Sum of a[i] * b[i], exact while |a[i]| <= 4,095 and n <= 4,096; n a multiple of 8.
using dot_s16s8_fn = std::int32_t(const std::int16_t* a, const std::int8_t* b, std::size_t n);
using sum_int4_rows_fn = void(const SumInt4Rows& args);

// One variant's kernels.
struct Kernels {
  std::string_view variant;
  std::size_t activation_bytes;  // per quantized activation: 1 or 2
  pack_weights_fn* pack_weights;
  quantize_rows_fn* quantize_rows;
  gemm_u7s8_fn* gemm_u7s8;
  gemm_f32_fn* gemm_f32;
  add_layer_norm_fn* add_layer_norm;
  softmax_fn* softmax;
  gelu_fn* gelu;
  dot_s16s8_fn* dot_s16s8;
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
