// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/kernels.h"

namespace mayfly::kernels {

// The relaxed products. Native builds link them. A WebAssembly module cannot choose instructions at
// run time (one opcode that the browser does not know invalidates the file), so there they are a
// second module of a few hundred bytes that imports this one's memory; the host validates and
// instantiates it, adds its exports to the function table and registers them here.
bool kernel_pack_present() noexcept;

// WebAssembly only; the pointers are those of gemm_u7s8_relaxed and gemm_u7s8_relaxed_dot.
void register_kernel_pack(gemm_u7s8_fn* relaxed, gemm_u7s8_fn* relaxed_dot) noexcept;

}  // namespace mayfly::kernels
