// SPDX-License-Identifier: Apache-2.0
// How fast the active kernels multiply, which only the benchmark asks.
#include "kernels/kernel_rate.h"

#include "bindings/boundary.h"

namespace mayfly::bindings {
namespace {

// See kernels::kernel_rate.
double rate_of_active_kernels(std::size_t m, std::size_t n, std::size_t k, double budget_ms) {
  return guarded([&] { return kernels::kernel_rate(kernels::active(), m, n, k, budget_ms); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_kernel_rate) {
  emscripten::function("kernelRate", &rate_of_active_kernels);
}

}  // namespace mayfly::bindings
