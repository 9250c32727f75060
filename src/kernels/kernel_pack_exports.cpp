// SPDX-License-Identifier: Apache-2.0
// What the kernel pack exports, by names that JavaScript can spell.
#ifdef __wasm_relaxed_simd__
#include "kernels/dot_rows_u7s8.h"
#include "kernels/gemm_u7s8.h"

namespace mayfly::kernels {
void gemm_u7s8_relaxed(const GemmU7S8& args);
void gemm_u7s8_relaxed_dot(const GemmU7S8& args);
void dot_rows_u7s8_relaxed(const DotRowsU7S8& args);
void dot_rows_u7s8_relaxed_dot(const DotRowsU7S8& args);
}  // namespace mayfly::kernels

extern "C" {

__attribute__((export_name("gemm_u7s8_relaxed"))) void pack_gemm_u7s8_relaxed(
    const mayfly::kernels::GemmU7S8* args) {
  mayfly::kernels::gemm_u7s8_relaxed(*args);
}

__attribute__((export_name("gemm_u7s8_relaxed_dot"))) void pack_gemm_u7s8_relaxed_dot(
    const mayfly::kernels::GemmU7S8* args) {
  mayfly::kernels::gemm_u7s8_relaxed_dot(*args);
}

__attribute__((export_name("dot_rows_u7s8_relaxed"))) void pack_dot_rows_u7s8_relaxed(
    const mayfly::kernels::DotRowsU7S8* args) {
  mayfly::kernels::dot_rows_u7s8_relaxed(*args);
}

__attribute__((export_name("dot_rows_u7s8_relaxed_dot"))) void pack_dot_rows_u7s8_relaxed_dot(
    const mayfly::kernels::DotRowsU7S8* args) {
  mayfly::kernels::dot_rows_u7s8_relaxed_dot(*args);
}

}  // extern "C"
#endif
