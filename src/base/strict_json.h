// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace mayfly {

struct StrictJson {
  nlohmann::json value;  // discarded where there is a defect
  std::string defect;    // empty, or what is wrong with the text
};

// JSON (RFC 8259) in which no object names a key twice: parsers differ in which one they take, so
// a file that two programs read must not. At most max_depth objects and arrays within each other.
// The only parser of the WebAssembly module: each instance of the library's is 10 KB of code.
StrictJson parse_strict_json(std::string_view text, std::size_t max_depth = 8);

}  // namespace mayfly
