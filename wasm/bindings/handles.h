// SPDX-License-Identifier: Apache-2.0
// What JavaScript holds. Handles are passed by reference only: Embind does not release by-value
// arguments (std::string, shared_ptr) of a call that throws, so those would leak text.
#pragma once
#include <memory>

#include "engine/collection.h"
#include "engine/model.h"

namespace mayfly::bindings {

struct ModelHandle {
  std::shared_ptr<const engine::Model> model;
};

// Shared with the ingest jobs that run on it.
struct CollectionHandle {
  std::shared_ptr<engine::Collection> collection;
};

}  // namespace mayfly::bindings
