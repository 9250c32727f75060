// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "model/container.h"

namespace mayfly::model {

// The weights of an ordinary BERT checkpoint as f32, whether stored as F32, F16 or BF16, and
// whether or not their names begin with "bert.". The container must outlive it.
class FloatTensors {
 public:
  explicit FloatTensors(const Container& source);

  // Error(kInvalidModel) when it is missing, has another shape or holds a value that is no number;
  // Error(kUnsupportedModel) for another element type.
  std::vector<float> read(const std::string& name, const std::vector<std::size_t>& shape) const;
  // The same for [any number of rows, columns].
  std::vector<float> read_rows(const std::string& name, std::size_t columns) const;

 private:
  const Container& source_;
  std::string prefix_;
};

}  // namespace mayfly::model
