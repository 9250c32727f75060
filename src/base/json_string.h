// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace mayfly {

// Reads the JSON string (RFC 8259, section 7) whose first quote is at byte `at` of the text, which
// must be well-formed UTF-8, and moves `at` behind its last one. Appends what it stands for,
// well-formed too: escaped surrogates must come in pairs. Returns nullptr, or what is wrong with
// the byte that `at` is then at.
const char* read_json_string(std::string_view text, std::size_t& at, std::string& result);

}  // namespace mayfly
