// SPDX-License-Identifier: Apache-2.0
#include "engine/sentence_settings.h"

#include <catch2/catch.hpp>

#include "unit/engine/thrown_code.h"

using mayfly::ErrorCode;
using mayfly::engine::parse_sentence_settings;
using mayfly::testing::thrown_code;

namespace {

auto code_of(std::string_view json) {
  return thrown_code([&] { parse_sentence_settings(json); });
}

}  // namespace

TEST_CASE("sentence settings state the token limit", "[engine]") {
  const auto settings = parse_sentence_settings(
      R"({"max_tokens":256,"pooling":"mean","normalize":true,"query_prefix":"","document_prefix":""})");
  CHECK(settings.max_tokens == 256);
}

TEST_CASE("settings that this version does not follow are refused, not ignored", "[engine]") {
  CHECK(code_of(R"({"max_tokens":9,"pooling":"cls","normalize":true,"query_prefix":"",)"
                R"("document_prefix":""})") == ErrorCode::kUnsupportedModel);
  CHECK(code_of(R"({"max_tokens":9,"pooling":"mean","normalize":false,"query_prefix":"",)"
                R"("document_prefix":""})") == ErrorCode::kUnsupportedModel);
  CHECK(code_of(R"({"max_tokens":9,"pooling":"mean","normalize":true,"query_prefix":"query: ",)"
                R"("document_prefix":""})") == ErrorCode::kUnsupportedModel);
  CHECK(code_of(R"({"max_tokens":9,"pooling":"mean","normalize":true,"query_prefix":"",)"
                R"("document_prefix":"passage: "})") == ErrorCode::kUnsupportedModel);
}

TEST_CASE("malformed sentence settings are an invalid model", "[engine]") {
  for (const char* json :
       {"", "[]", "{", "null", "{}",
        R"({"max_tokens":9,"pooling":1,"normalize":true,"query_prefix":"","document_prefix":""})",
        R"({"pooling":"mean","normalize":true,"query_prefix":"","document_prefix":""})"}) {
    CAPTURE(json);
    CHECK(code_of(json) == ErrorCode::kInvalidModel);
  }
  for (const char* limit : {"0", "-1", "1.5", "\"9\"", "null", "1e3", "99999999999999999999"}) {
    CAPTURE(limit);
    CHECK(code_of(R"({"pooling":"mean","normalize":true,"query_prefix":"","document_prefix":"",)"
                  R"("max_tokens":)" +
                  std::string(limit) + "}") == ErrorCode::kInvalidModel);
  }
}
