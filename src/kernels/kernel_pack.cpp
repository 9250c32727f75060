// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_pack.h"

namespace mayfly::kernels {

#ifdef __EMSCRIPTEN__
namespace {

KernelPack registered{};

}  // namespace

bool kernel_pack_present() noexcept { return registered.gemm_u7s8_relaxed != nullptr; }

void register_kernel_pack(const KernelPack& pack) noexcept { registered = pack; }

void gemm_u7s8_relaxed(const GemmU7S8& args) { registered.gemm_u7s8_relaxed(args); }

void gemm_u7s8_relaxed_dot(const GemmU7S8& args) { registered.gemm_u7s8_relaxed_dot(args); }

void dot_rows_u7s8_relaxed(const DotRowsU7S8& args) { registered.dot_rows_u7s8_relaxed(args); }

void dot_rows_u7s8_relaxed_dot(const DotRowsU7S8& args) {
  registered.dot_rows_u7s8_relaxed_dot(args);
}

#else

bool kernel_pack_present() noexcept { return true; }

#endif

}  // namespace mayfly::kernels
