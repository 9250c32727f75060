// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

namespace mayfly {

enum class ErrorCode {
#define MAYFLY_ERROR(enumerator, code, meaning) enumerator,
#include "base/error_codes.inc"
#undef MAYFLY_ERROR
};

// The stable kebab-case name, e.g. "invalid-model".
std::string_view error_code_name(ErrorCode code) noexcept;

// The one exception type of the core. `what()` is a sentence that says what is wrong and what to
// do. Caught in two places only: the Embind boundary and the command line's main.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace mayfly
