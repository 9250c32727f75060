// SPDX-License-Identifier: Apache-2.0
#include "model/float_tensors.h"

#include <cmath>
#include <cstring>

#include "base/error.h"
#include "base/float_bits.h"

namespace mayfly::model {
namespace {

// IEEE 754 half precision to single; exact.
float f32_from_f16(std::uint16_t half) {
  const float sign = (half & 0x8000U) != 0 ? -1.0F : 1.0F;
  const int exponent = (half >> 10) & 31;
  const int fraction = half & 1023;
  if (exponent == 0) return sign * std::ldexp(static_cast<float>(fraction), -24);
  if (exponent == 31) return fraction == 0 ? sign * INFINITY : NAN;
  return sign * std::ldexp(static_cast<float>(fraction + 1024), exponent - 25);
}

float element_at(const Tensor& tensor, std::size_t index) {
  const char* at = tensor.bytes.data() + index * dtype_size(tensor.dtype);
  if (tensor.dtype == DType::kF32) {
    float value;
    std::memcpy(&value, at, sizeof value);
    return value;
  }
  std::uint16_t bits;
  std::memcpy(&bits, at, sizeof bits);
  if (tensor.dtype == DType::kF16) return f32_from_f16(bits);
  return float_from_bits(std::uint32_t{bits} << 16);  // BF16: the upper half of an F32
}

std::vector<float> values_of(const std::string& name, const Tensor& tensor) {
  const bool is_float =
      tensor.dtype == DType::kF32 || tensor.dtype == DType::kF16 || tensor.dtype == DType::kBF16;
  if (!is_float) {
    throw Error(ErrorCode::kUnsupportedModel, "tensor \"" + name + "\" is not F32, F16 or BF16");
  }
  std::vector<float> result(tensor.element_count());
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = element_at(tensor, i);
    if (!std::isfinite(result[i])) {
      throw Error(ErrorCode::kInvalidModel,
                  "tensor \"" + name + "\" has a value that is no number");
    }
  }
  return result;
}

}  // namespace

FloatTensors::FloatTensors(const Container& source)
    : source_(source),
      prefix_(source.tensors().contains("bert.embeddings.word_embeddings.weight") ? "bert." : "") {}

std::vector<float> FloatTensors::read(const std::string& name,
                                      const std::vector<std::size_t>& shape) const {
  const Tensor& tensor = source_.tensor(prefix_ + name);
  if (tensor.shape != shape) {
    throw Error(ErrorCode::kInvalidModel,
                "tensor \"" + name + "\" does not have the shape that config.json gives it");
  }
  return values_of(name, tensor);
}

std::vector<float> FloatTensors::read_rows(const std::string& name, std::size_t columns) const {
  const Tensor& tensor = source_.tensor(prefix_ + name);
  if (tensor.shape.size() != 2 || tensor.shape[0] == 0 || tensor.shape[1] != columns) {
    throw Error(ErrorCode::kInvalidModel, "tensor \"" + name + "\" is not [n, hidden_size]");
  }
  return values_of(name, tensor);
}

}  // namespace mayfly::model
