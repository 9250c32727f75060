// SPDX-License-Identifier: Apache-2.0
#include "attributes/json_value.h"

namespace mayfly::attributes {

std::optional<Value> value_of(const JsonValue& json) {
  switch (json.kind) {
    case JsonKind::kString:
      return Value{ValueKind::kString, 0, json.text};
    case JsonKind::kBoolean:
      return Value{ValueKind::kBoolean, json.boolean ? 1.0 : 0.0, {}};
    case JsonKind::kNumber:
      return Value{ValueKind::kNumber, json.number + 0.0, {}};  // makes 0 of -0
    default:
      return std::nullopt;
  }
}

}  // namespace mayfly::attributes
