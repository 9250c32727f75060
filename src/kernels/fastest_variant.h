// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace mayfly::kernels {

// Times the integer product of every variant but `scalar` on this machine, in turns, for about
// budget_ms milliseconds in all (browsers' clocks tick in tenths: at least 2), and returns the name
// of the fastest; selects nothing.
std::string_view fastest_variant(double budget_ms);

}  // namespace mayfly::kernels
