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

// What the names of the tensors of a transformer's layers begin with (models/format.md).
inline constexpr std::string_view kLayerTensors = "encoder.";

// A tensor to read now: in the container, or decoded into memory of its own.
struct ReadTensor {
  Tensor tensor;
  SecureVector<char> decoded;  // what tensor.bytes points into, or empty
};

// A safetensors file in memory (https://github.com/huggingface/safetensors#format): 8 bytes of
// little-endian header length, a JSON header, the data. All of it is validated before anything is
// used: header at most 1 MiB, at most 4,096 tensors of rank 0..4, known types, sizes that agree
// with shapes, data ranges that cover the data without gap or overlap.
//
// A tensor "NAME.coded" (U8, see coded_tensor.h) appears as NAME, decoded. All decoded tensors lie
// in one block, 64-byte aligned; it is allocated once, after every header was read, and is at most
// 16 times the file plus 1 MiB, so that a small file cannot ask for all memory. Where most of the
// file was decoded, the rest then moves to a block of its own and the file's bytes are freed: coded
// and decoded bytes together decide the peak of memory.
class Container {
 public:
  // Takes the file's bytes. Error(kInvalidModel) with a sentence that names the defect.
  // read_once: coded I8 tensors whose names begin with it stay coded, under their coded names, for
  // a reader that copies them into a form of its own; empty: none.
  explicit Container(SecureVector<char> file, std::string_view read_once = {});

  const std::map<std::string, std::string, std::less<>>& metadata() const { return metadata_; }
  const std::map<std::string, Tensor, std::less<>>& tensors() const { return tensors_; }
  // Error(kInvalidModel) where there is none of that name.
  const Tensor& tensor(std::string_view name) const;
  // The same for a tensor that may have stayed coded.
  ReadTensor read(std::string_view name) const;
  const std::string& metadata_value(std::string_view key) const;
  std::size_t byte_count() const { return byte_count_; }  // of the file

 private:
  void parse();
  using TensorMap = std::map<std::string, Tensor, std::less<>>;
  void decode_tensors(std::string_view read_once);
  // Of all tensors_, which lie in the file; unless they are most of it.
  void move_out_of_file();
  SecureVector<char> file_;     // empty after move_out_of_file()
  SecureVector<char> rest_;     // what moved
  SecureVector<char> decoded_;  // coded tensors, decoded
  std::size_t byte_count_;
  std::map<std::string, std::string, std::less<>> metadata_;
  TensorMap tensors_;
};

}  // namespace mayfly::model
