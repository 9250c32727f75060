// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "model/container.h"

namespace mayfly::encoder {

// F32 [n], all finite, else Error(kInvalidModel).
std::span<const float> finite_vector(const model::Container& container, const std::string& name,
                                     std::size_t n);

// I8 [rows, columns], else Error(kInvalidModel).
std::span<const std::int8_t> int8_matrix(const model::Container& container, const std::string& name,
                                         std::size_t rows, std::size_t columns);
// [rows, columns], else Error(kInvalidModel), of a tensor that may have stayed coded. Its type is
// looked at by result.tensor.as_i8().
model::ReadTensor read_matrix(const model::Container& container, const std::string& name,
                              std::size_t rows, std::size_t columns);

}  // namespace mayfly::encoder
