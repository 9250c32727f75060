// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::model {

enum class DType { kI8, kU8, kI32, kI64, kF16, kBF16, kF32 };
std::string_view dtype_name(DType dtype);  // as safetensors spells it: "I8", "F32", ...
std::size_t dtype_size(DType dtype);       // bytes per element
std::optional<DType> dtype_named(std::string_view name);

struct Tensor {
  DType dtype;
  std::vector<std::size_t> shape;
  std::span<const char>
      bytes;  // into the container; 8-byte aligned when the file was written by us

  std::size_t element_count() const;
  // The elements in place. Error(kInvalidModel) when the type differs or the data is misaligned.
  std::span<const float> as_f32() const;
  std::span<const std::int8_t> as_i8() const;
};

// A safetensors file in memory (https://github.com/huggingface/safetensors#format): 8 bytes of
// little-endian header length, a JSON header, the data. All of it is validated before anything is
// used: header at most 1 MiB, at most 4,096 tensors of rank 0..4, known types, sizes that agree
// with shapes, data ranges that cover the data without gap or overlap.
//
// A tensor "NAME.coded" (U8, see coded_tensor.h) appears as NAME, decoded. All decoded tensors lie
// in one block, 64-byte aligned; it is allocated once, after every header was read, and is at most
// 16 times the file plus 1 MiB, so that a small file cannot ask for all memory. When every tensor
// is coded the file's bytes are freed afterwards.
class Container {
 public:
  // Takes the file's bytes. Error(kInvalidModel) with a sentence that names the defect.
  explicit Container(SecureVector<char> file);

  const std::map<std::string, std::string, std::less<>>& metadata() const { return metadata_; }
  const std::map<std::string, Tensor, std::less<>>& tensors() const { return tensors_; }
  // Error(kInvalidModel) where there is none of that name.
  const Tensor& tensor(std::string_view name) const;
  const std::string& metadata_value(std::string_view key) const;
  std::size_t byte_count() const { return byte_count_; }  // of the file

 private:
  void parse();
  void decode_tensors();
  SecureVector<char> file_;     // empty when all of it was coded
  SecureVector<char> decoded_;  // coded tensors, decoded
  std::size_t byte_count_;
  std::map<std::string, std::string, std::less<>> metadata_;
  std::map<std::string, Tensor, std::less<>> tensors_;
};

}  // namespace mayfly::model
