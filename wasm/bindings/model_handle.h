// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "engine/model.h"

namespace mayfly::bindings {

// Embind holds classes by non-const pointer; the model itself is immutable and shared.
struct ModelHandle {
  std::shared_ptr<const engine::Model> model;
};

}  // namespace mayfly::bindings
