// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>

namespace mayfly {

// SHA-256 (FIPS 180-4) of the parts taken as one message, as 64 lower-case hexadecimal digits.
// Native builds only: in the browser the platform's SubtleCrypto does it.
std::string sha256_hex(std::span<const std::span<const char>> parts);

}  // namespace mayfly
