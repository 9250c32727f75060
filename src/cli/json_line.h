// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace mayfly::cli {

// Ill-formed UTF-8 becomes U+FFFD, as TextDecoder does it.
std::string repair_utf8(std::string_view bytes);

// Makes the bytes of a JSON text acceptable to a strict parser, with the meaning that a browser
// gives them: ill-formed UTF-8 becomes U+FFFD (TextDecoder), and so does an escaped surrogate
// without its partner, "\ud800" (JSON.parse and then any conversion to UTF-8). Everything else,
// malformed JSON included, stays as it is.
std::string repair_json_text(std::string_view bytes);

// A JSON object from one line. Error(kInvalidArgument) naming `where`, e.g. "line 3 of
// corpus.jsonl".
nlohmann::json parse_json_line(std::string_view line, const std::string& where);

// A string member. Error(kInvalidArgument) naming `where` when it is missing or no string.
std::string string_member(const nlohmann::json& object, const char* key, const std::string& where);

// Append to a JSON text: the shortest digits that give the same number back, and a quoted string.
void append_number(std::string& json, float value);
void append_number(std::string& json, double value);
void append_string(std::string& json, std::string_view utf8);

}  // namespace mayfly::cli
