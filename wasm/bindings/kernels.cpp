// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"

#include <emscripten/emscripten.h>

#include <string>

#include "bindings/boundary.h"
#include "kernels/fastest_variant.h"
#include "kernels/kernel_pack.h"

namespace mayfly::bindings {
namespace {

using emscripten::EM_VAL;
using emscripten::val;

// Gives the pack this module's memory and puts its functions into this module's table, at the
// places written to `result` in the order of KernelPack. The pack has no stack and no data of its
// own.
EM_JS(void, instantiate_kernel_pack, (EM_VAL handle, int* result), {
  const instance = new WebAssembly.Instance(Emval.toValue(handle), {env : {memory : wasmMemory}});
  const names = [
    "gemm_u7s8_relaxed", "gemm_u7s8_relaxed_dot", "dot_rows_u7s8_relaxed",
    "dot_rows_u7s8_relaxed_dot"
  ];
  for (let i = 0; i < names.length; ++i) {
    HEAP32[(result >> 2) + i] = addFunction(instance.exports[names[i]], "vi");
  }
});

// pack: WebAssembly.Module of mayfly-kernels.wasm. Throws what instantiation throws.
void add_kernel_pack(const val& pack) {
  int places[4] = {};
  instantiate_kernel_pack(pack.as_handle(), places);
  kernels::register_kernel_pack({reinterpret_cast<kernels::gemm_u7s8_fn*>(places[0]),
                                 reinterpret_cast<kernels::gemm_u7s8_fn*>(places[1]),
                                 reinterpret_cast<kernels::dot_rows_u7s8_fn*>(places[2]),
                                 reinterpret_cast<kernels::dot_rows_u7s8_fn*>(places[3])});
}

val active_kernels() { return val(std::string(kernels::active().variant)); }

val fastest_kernels(double budget_ms) {
  return val(std::string(kernels::fastest_variant(budget_ms)));
}

void select_kernels(const val& variant) {
  guarded([&] { kernels::select(variant.as<std::string>()); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_kernels) {
  emscripten::function("addKernelPack", &add_kernel_pack);
  emscripten::function("activeKernels", &active_kernels);
  emscripten::function("fastestKernels", &fastest_kernels);
  emscripten::function("selectKernels", &select_kernels);
}

}  // namespace mayfly::bindings
