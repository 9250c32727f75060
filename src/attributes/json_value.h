// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "attributes/value.h"
#include "base/strict_json.h"

namespace mayfly::attributes {

// The value of a JSON string (a view into it), number or boolean; nothing for anything else.
// Integers beyond 2^53 are rounded, as in JavaScript.
std::optional<Value> value_of(const JsonValue& json);

}  // namespace mayfly::attributes
