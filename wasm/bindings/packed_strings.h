// SPDX-License-Identifier: Apache-2.0
// How strings cross the boundary, in both directions: little-endian u32 count, then `count` u32
// byte lengths, then the UTF-8 bytes of all strings without separators. Lengths are explicit, so a
// NUL is a character like any other.
#pragma once
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::bindings {

// Views into `packed`, valid while it is. Bytes after the last string are ignored.
// Error(kInvalidArgument) where counts and lengths exceed the bytes.
std::vector<std::string_view> unpack_strings(std::span<const char> packed);

SecureVector<char> pack_strings(std::span<const std::string_view> strings);

}  // namespace mayfly::bindings
