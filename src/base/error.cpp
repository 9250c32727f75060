// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

namespace mayfly {

std::string_view error_code_name(ErrorCode code) noexcept {
  switch (code) {
#define MAYFLY_ERROR(enumerator, name, meaning) \
  case ErrorCode::enumerator:                   \
    return name;
#include "base/error_codes.inc"
#undef MAYFLY_ERROR
  }
  return "internal";
}

}  // namespace mayfly
