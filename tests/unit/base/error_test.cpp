// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <catch2/catch.hpp>
#include <regex>
#include <set>
#include <string>

using mayfly::Error;
using mayfly::error_code_name;
using mayfly::ErrorCode;

namespace {

constexpr ErrorCode kAllCodes[] = {
#define MAYFLY_ERROR(enumerator, code, meaning) ErrorCode::enumerator,
#include "base/error_codes.inc"
#undef MAYFLY_ERROR
};

}  // namespace

TEST_CASE("every error code has a kebab-case name of its own", "[base]") {
  const std::regex kebab("[a-z]+(-[a-z]+)*");
  std::set<std::string> names;
  for (const ErrorCode code : kAllCodes) {
    const std::string name(error_code_name(code));
    CAPTURE(name);
    CHECK(std::regex_match(name, kebab));
    CHECK(names.insert(name).second);
  }
}

TEST_CASE("published error codes keep their names", "[base]") {
  std::set<std::string> names;
  for (const ErrorCode code : kAllCodes) names.emplace(error_code_name(code));
  for (const char* published :
       {"invalid-argument", "invalid-model", "unsupported-model", "invalid-tokenizer",
        "checksum-mismatch", "token-out-of-range", "dimension-mismatch", "space-mismatch",
        "duplicate-id", "not-found", "disposed", "out-of-memory", "io", "internal"}) {
    CAPTURE(published);
    CHECK(names.contains(published));
  }
}

TEST_CASE("an error carries its code and sentence and is a std::runtime_error", "[base]") {
  try {
    throw Error(ErrorCode::kNotFound, "no document has this id");
  } catch (const std::runtime_error& error) {
    CHECK(std::string(error.what()) == "no document has this id");
    CHECK(dynamic_cast<const Error&>(error).code() == ErrorCode::kNotFound);
  }
}
