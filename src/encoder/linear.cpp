// SPDX-License-Identifier: Apache-2.0
#include "encoder/linear.h"

#include "encoder/tensor_access.h"

namespace mayfly::encoder {

Linear::Linear(const model::Container& container, std::span<const Part> parts,
               const std::string& input_scale, std::size_t out_each, std::size_t in,
               const kernels::Kernels& kernels)
    : in_(in) {
  if (!input_scale.empty()) input_scale_ = finite_vector(container, input_scale, in);
  weights_.reserve(parts.size() * out_each * in);
  for (const Part& part : parts) append(container, part, out_each);
  SecureVector<std::int8_t> packed(kernels::packed_bytes(out(), in_));
  kernels.pack_weights(weights_.data(), out(), in_, packed.data());
  weights_ = std::move(packed);
}

void Linear::append(const model::Container& container, const Part& part, std::size_t out_each) {
  const auto matrix = read_matrix(container, part.name + ".weight", out_each, in_);
  const auto weights = matrix.tensor.as_i8();
  const auto scales = finite_vector(container, part.name + ".weight.scale", out_each);
  const auto biases = finite_vector(container, part.name + ".bias", out_each);
  weights_.insert(weights_.end(), weights.begin(), weights.end());
  for (std::size_t row = 0; row < out_each; ++row) {
    std::int32_t sum = 0;
    for (const std::int8_t weight : weights.subspan(row * in_, in_)) sum += weight;
    const float scale = scales[row] * part.factor;
    scale_.push_back(scale);
    sum_.push_back(scale * static_cast<float>(sum));
    bias_.push_back(biases[row] * part.factor);
  }
}

void Linear::multiply(const kernels::Kernels& kernels, const std::uint8_t* quantized,
                      const kernels::RowScale* rows, std::size_t m, float* y) const {
  kernels.gemm_u7s8({quantized, rows, weights_.data(), scale_.data(), sum_.data(), bias_.data(), y,
                     m, out(), in_, out()});
}

}  // namespace mayfly::encoder
