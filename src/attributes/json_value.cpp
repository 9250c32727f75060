// SPDX-License-Identifier: Apache-2.0
#include "attributes/json_value.h"

#include <string>

namespace mayfly::attributes {

using nlohmann::json;

std::optional<Value> value_of(const json& json_value) {
  // Pointers, because get<>() brings an exception with a composed message for each type.
  Value value{ValueKind::kNumber, 0, {}};
  if (const auto* text = json_value.get_ptr<const std::string*>()) {
    value = {ValueKind::kString, 0, *text};
  } else if (const auto* boolean = json_value.get_ptr<const bool*>()) {
    value = {ValueKind::kBoolean, *boolean ? 1.0 : 0.0, {}};
  } else if (const auto* real = json_value.get_ptr<const json::number_float_t*>()) {
    value.number = *real + 0.0;  // makes 0 of -0
  } else if (const auto* natural = json_value.get_ptr<const json::number_unsigned_t*>()) {
    value.number = static_cast<double>(*natural);
  } else if (const auto* integer = json_value.get_ptr<const json::number_integer_t*>()) {
    value.number = static_cast<double>(*integer);
  } else {
    return std::nullopt;
  }
  return value;
}

}  // namespace mayfly::attributes
