// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tokenizer/tokenizer.h"

namespace mayfly::tokenizer {

using Json = nlohmann::json;

// Reads of a tokenizer.json, with types checked. Each throws Error(kInvalidTokenizer) that names
// the member; `where` is the path of `object`, e.g. "model".

// An object, nested at most 32 deep, so that nothing that walks it can exhaust the stack.
Json parse_object(std::string_view json);

// The part named `key`: an object, or null where it is missing or null.
const Json* optional_object(const Json& object, std::string_view key);
const Json& required_member(const Json& object, std::string_view where, const char* key);
std::string string_member(const Json& object, std::string_view where, const char* key);
bool bool_member(const Json& object, std::string_view where, const char* key);
std::uint64_t count_member(const Json& object, std::string_view where, const char* key);
const Json& array_member(const Json& object, std::string_view where, const char* key);
TokenId token_id(const Json& value, std::string_view where);

// Error(kInvalidTokenizer) or Error(kUnsupportedModel), as sentences.
[[noreturn]] void throw_invalid(const std::string& defect);
[[noreturn]] void throw_unsupported(const std::string& part, const std::string& supported);

// The kind of a part, its "type"; "null" for none.
std::string type_of(const Json* part, std::string_view where);

}  // namespace mayfly::tokenizer
