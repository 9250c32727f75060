// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/error.h"

namespace mayfly::testing {

// The code of the Error that `action` throws, or none.
template <typename Action>
std::optional<ErrorCode> thrown_code(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

}  // namespace mayfly::testing
