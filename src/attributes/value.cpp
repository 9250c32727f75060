// SPDX-License-Identifier: Apache-2.0
#include "attributes/value.h"

namespace mayfly::attributes {

int compare(const Value& a, const Value& b) {
  if (a.kind != b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.kind == ValueKind::kString) return a.text.compare(b.text);
  return static_cast<int>(a.number > b.number) - static_cast<int>(a.number < b.number);
}

}  // namespace mayfly::attributes
