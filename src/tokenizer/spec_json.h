// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "base/strict_json.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::tokenizer {

// Reads of a tokenizer.json, with types checked. Each throws Error(kInvalidTokenizer) that names
// the member; `where` is the path of `object`, e.g. "model".

// An object, nested at most 32 deep, so that nothing that walks it can exhaust the stack.
JsonValue parse_object(std::string_view json);

// The part named `key`: an object, or null where it is missing or null.
const JsonValue* optional_object(const JsonValue& object, std::string_view key);
const JsonValue& required_member(const JsonValue& object, std::string_view where, const char* key);
std::string string_member(const JsonValue& object, std::string_view where, const char* key);
bool bool_member(const JsonValue& object, std::string_view where, const char* key);
std::uint64_t count_member(const JsonValue& object, std::string_view where, const char* key);
const JsonValue& array_member(const JsonValue& object, std::string_view where, const char* key);
TokenId token_id(const JsonValue& value, std::string_view where);

// Error(kInvalidTokenizer) or Error(kUnsupportedModel), as sentences.
[[noreturn]] void throw_invalid(const std::string& defect);
[[noreturn]] void throw_unsupported(const std::string& part, const std::string& supported);

// The kind of a part, its "type"; "null" for none.
std::string type_of(const JsonValue* part, std::string_view where);

}  // namespace mayfly::tokenizer
