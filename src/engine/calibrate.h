// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

#include "engine/model.h"
#include "model/convert.h"

namespace mayfly::engine {

// Runs the texts through the model and returns the largest magnitude of each channel that goes into
// a dense layer after a LayerNorm. Deterministic, like every forward pass.
model::ChannelRanges measure_channel_ranges(const Model& model,
                                            std::span<const std::string_view> texts);

}  // namespace mayfly::engine
