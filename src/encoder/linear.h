// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/zeroing_allocator.h"
#include "kernels/kernels.h"
#include "model/container.h"

namespace mayfly::encoder {

// A dense layer y = x W^T + b with int8 weights, packed for one kernel variant. Several layers that
// read the same input (query, key, value) can be one Linear whose outputs stand side by side.
class Linear {
 public:
  struct Part {
    std::string name;     // "<name>.weight" I8 [out, in], "<name>.weight.scale" F32 [out],
                          // "<name>.bias" F32 [out]
    float factor = 1.0F;  // the part's outputs are multiplied by this
  };

  // input_scale names the F32 [in] tensor by which activations are multiplied before they are
  // quantized (the weights are already divided by it); empty: none.
  // Error(kInvalidModel) when a tensor is missing, misshaped or not finite.
  Linear(const model::Container& container, std::span<const Part> parts,
         const std::string& input_scale, std::size_t out_each, std::size_t in,
         const kernels::Kernels& kernels);

  std::size_t out() const { return scale_.size(); }
  std::size_t in() const { return in_; }
  // What kernels.quantize_rows takes as channel_scale; may be nullptr.
  const float* input_scale() const { return input_scale_.data(); }

  // quantized [m, in] and rows [m] from kernels.quantize_rows; y [m, out()].
  void multiply(const kernels::Kernels& kernels, const std::uint8_t* quantized,
                const kernels::RowScale* rows, std::size_t m, float* y) const;

 private:
  void append(const model::Container& container, const Part& part, std::size_t out_each);
  std::size_t in_;
  std::span<const float> input_scale_;     // [in] into the container, or empty
  SecureVector<std::int8_t> weights_;      // row-major while loading, then packed
  std::vector<float> scale_, sum_, bias_;  // [out], see kernels::GemmU7S8
};

}  // namespace mayfly::encoder
