// SPDX-License-Identifier: Apache-2.0
#include "encoder/tensor_access.h"

#include <cmath>

#include "base/error.h"

namespace mayfly::encoder {
namespace {

void check_shape(const model::Tensor& tensor, const std::string& name,
                 const std::vector<std::size_t>& shape) {
  if (tensor.shape != shape) {
    throw Error(ErrorCode::kInvalidModel, "tensor \"" + name +
                                              "\" does not have the shape that the configuration "
                                              "gives it; convert the model again");
  }
}

const model::Tensor& shaped(const model::Container& container, const std::string& name,
                            const std::vector<std::size_t>& shape) {
  const model::Tensor& tensor = container.tensor(name);
  check_shape(tensor, name, shape);
  return tensor;
}

}  // namespace

std::span<const float> finite_vector(const model::Container& container, const std::string& name,
                                     std::size_t n) {
  const std::span<const float> values = shaped(container, name, {n}).as_f32();
  for (const float value : values) {
    if (!std::isfinite(value)) {
      throw Error(ErrorCode::kInvalidModel,
                  "tensor \"" + name + "\" has a value that is no number; convert the model again");
    }
  }
  return values;
}

std::span<const std::int8_t> int8_matrix(const model::Container& container, const std::string& name,
                                         std::size_t rows, std::size_t columns) {
  return shaped(container, name, {rows, columns}).as_i8();
}

model::ReadTensor read_matrix(const model::Container& container, const std::string& name,
                              std::size_t rows, std::size_t columns) {
  model::ReadTensor read = container.read(name);
  check_shape(read.tensor, name, {rows, columns});
  return read;
}

}  // namespace mayfly::encoder
