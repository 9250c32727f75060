// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace mayfly {

// The double nearest to a number as JSON writes it (RFC 8259, section 6), which it must be: ties go
// to the even one, as in IEEE 754; what is too large is infinite. Knows nothing of locales.
//
// std::strtod would bring 128-bit arithmetic in software into the WebAssembly module, and
// std::from_chars for floating point is not in every compiler's library.
double decimal_to_double(std::string_view number);

}  // namespace mayfly
