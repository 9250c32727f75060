// SPDX-License-Identifier: Apache-2.0
#include "attributes/json_value.h"

#include <string>

namespace mayfly::attributes {

std::optional<Value> value_of(const nlohmann::json& json) {
  if (const auto* text = json.get_ptr<const std::string*>()) {
    return Value{ValueKind::kString, 0, *text};
  }
  if (json.is_boolean()) return Value{ValueKind::kBoolean, json.get<bool>() ? 1.0 : 0.0, {}};
  // Adding 0 makes 0 of -0.
  if (json.is_number()) return Value{ValueKind::kNumber, json.get<double>() + 0.0, {}};
  return std::nullopt;
}

}  // namespace mayfly::attributes
