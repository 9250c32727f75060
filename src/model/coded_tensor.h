// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/container.h"

namespace mayfly::model {

// An entropy-coded tensor (models/format.md, "Coded tensors"). Its bytes are seen as a matrix
// [rows, columns]: for elements of one byte, columns is the innermost extent (1 for rank below 2);
// for wider ones, rows is the number of elements and columns the bytes of each. Every column
// belongs to a class with its own table of frequencies: channels differ in width, and so do the
// bytes of a float. Classes are coded one after another, each row by row.

// What the name of a coded tensor ends with in a file.
inline constexpr std::string_view kCodedSuffix = ".coded";

struct CodedTensorInfo {
  DType dtype;
  std::vector<std::size_t> shape;
  std::size_t byte_count;  // of the decoded tensor
};

// Reads and checks the header, so that a reader knows what decoding will need before it allocates
// anything. Error(kInvalidModel) with a sentence that names the defect.
CodedTensorInfo coded_tensor_info(std::span<const char> coded);

// Decodes into out, info.byte_count bytes. Error(kInvalidModel) when the data does not end exactly
// where the tensor does.
void decode_tensor(std::span<const char> coded, std::span<char> out);

// bytes: the elements of a tensor of this shape, row-major; rank 1 to 4, not empty.
std::vector<char> encode_tensor(DType dtype, std::span<const std::size_t> shape,
                                std::span<const char> bytes);

}  // namespace mayfly::model
