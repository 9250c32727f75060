// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/kernels.h"

namespace mayfly::kernels {

// The relaxed products. Native builds link them. A WebAssembly module cannot choose instructions at
// run time (one opcode that the browser does not know invalidates the file), so there they are a
// second module of a few hundred bytes that imports this one's memory; the host validates and
// instantiates it, adds its exports to the function table and registers them here.
bool kernel_pack_present() noexcept;

struct KernelPack {
  gemm_u7s8_fn *gemm_u7s8_relaxed, *gemm_u7s8_relaxed_dot;
  dot_rows_u7s8_fn *dot_rows_u7s8_relaxed, *dot_rows_u7s8_relaxed_dot;
};

// WebAssembly only; each pointer is that of the kernel of its name.
void register_kernel_pack(const KernelPack& pack) noexcept;

}  // namespace mayfly::kernels
