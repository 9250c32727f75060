// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

#include "kernels/kernels.h"

namespace mayfly::kernels {

// Multiply-accumulates per second of one variant's integer product of [m, k] with [n, k] on this
// machine, in a loop over the same operands for about budget_ms milliseconds (browsers' clocks tick
// in tenths: at least 2). What the encoder could reach if it did nothing else. n and k multiples of
// 8, all above 0; Error(kInvalidArgument) otherwise.
double kernel_rate(const Kernels& kernels, std::size_t m, std::size_t n, std::size_t k,
                   double budget_ms);

}  // namespace mayfly::kernels
