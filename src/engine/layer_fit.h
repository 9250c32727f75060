// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <vector>

#include "model/profile.h"
#include "model/quantized_layer.h"

namespace mayfly::engine {

// Dense layers that read the same input (query, key and value), stacked: weights [out, in].
struct FloatLayer {
  std::vector<float> weights, bias;
  std::size_t out, in;
};

// The inputs of a layer over the calibration text, [tokens, in] each.
struct LayerInputs {
  std::span<const float> exact;      // of the float model
  std::span<const float> quantized;  // of the model as quantized so far
  std::span<const float> weights;    // [tokens] how much each counts
};

struct FittedLayer {
  model::QuantizedLayer layer;
  std::vector<float> factors;  // [in] by which inputs are multiplied; empty: not equalised
  std::vector<float> outputs;  // [tokens, out] of the quantized layer
};

// Quantizes one layer, see quantize_encoder. equalise: whether the encoder can multiply its inputs.
FittedLayer fit_layer(const FloatLayer& layer, const LayerInputs& inputs,
                      const model::Profile& profile, bool equalise);

}  // namespace mayfly::engine
