// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <utility>

#include "engine/collection.h"
#include "engine/document_store.h"
#include "index/flat_index.h"

namespace mayfly::engine {

// Row i of `vectors` belongs to document i.
struct Collection::State {
  explicit State(std::shared_ptr<const Model> space)
      : model(std::move(space)), vectors(model->dim()) {}

  std::shared_ptr<const Model> model;
  DocumentStore documents;
  index::FlatIndex vectors;
};

}  // namespace mayfly::engine
