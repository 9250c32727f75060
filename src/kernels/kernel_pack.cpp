// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_pack.h"

namespace mayfly::kernels {

#ifdef __EMSCRIPTEN__
namespace {

gemm_u7s8_fn* registered_relaxed = nullptr;
gemm_u7s8_fn* registered_relaxed_dot = nullptr;

}  // namespace

bool kernel_pack_present() noexcept { return registered_relaxed != nullptr; }

void register_kernel_pack(gemm_u7s8_fn* relaxed, gemm_u7s8_fn* relaxed_dot) noexcept {
  registered_relaxed = relaxed;
  registered_relaxed_dot = relaxed_dot;
}

void gemm_u7s8_relaxed(const GemmU7S8& args) { registered_relaxed(args); }

void gemm_u7s8_relaxed_dot(const GemmU7S8& args) { registered_relaxed_dot(args); }

#else

bool kernel_pack_present() noexcept { return true; }

#endif

}  // namespace mayfly::kernels
