// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <span>
#include <string_view>

#include "model/convert.h"
#include "model/profile.h"
#include "model/quantized_layer.h"

namespace mayfly::engine {

// Quantizes the encoder of a checkpoint with the help of text. Layer by layer, two copies of the
// text's hidden states go through the model side by side: exact ones, and those of the model as
// quantized so far. Each dense layer is fitted to the inputs that it will really get:
// - its inputs are equalised (model::equalising_factors),
// - its weights are rounded with compensation (model::CompensatedRounding),
// - its bias takes up the mean error, so that the outputs agree with the exact ones on average.
// A token of a text of n tokens counts 1 / sqrt(n): a vector is the mean over a text's tokens, so
// those of short texts matter more, but 1 / n would leave long texts to chance.
//
// Deterministic: the same bytes on every machine. done(parts) is called as parts of the whole (100)
// are finished. Errors as model::convert.
model::QuantizedEncoder quantize_encoder(const model::ConvertInput& input,
                                         const model::Profile& profile,
                                         std::span<const std::string_view> texts,
                                         const std::function<void(std::size_t)>& done);

}  // namespace mayfly::engine
