// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/zeroing_allocator.h"

namespace mayfly::model {

// An ordinary Hugging Face model folder, read into memory.
struct ConvertInput {
  std::string name;            // e.g. "all-MiniLM-L6-v2"
  std::string config_json;     // config.json
  std::string tokenizer_spec;  // tokenizer.json without model.vocab (TokenizerParts::spec_json)
  std::string vocabulary;      // TokenizerParts::vocabulary
  // {"max_tokens":256,"pooling":"mean","normalize":true,"query_prefix":"","document_prefix":""}
  std::string sentence_json;
  SecureVector<char> weights;  // model.safetensors: F32, F16 or BF16
};

// The largest magnitude of each input channel of the dense layers that follow a LayerNorm, measured
// over calibration text: "encoder.layer.0.attention.self" (query, key and value) and
// "encoder.layer.0.intermediate.dense", ... -> [hidden_size], finite and not negative.
using ChannelRanges = std::map<std::string, std::vector<float>>;

// Quantizes a BERT encoder to the format of models/format.md: weights int8 symmetric per output
// channel, embedding tables int8 per row. Deterministic: the same input gives the same bytes on
// every machine. Errors: kInvalidModel, kUnsupportedModel (another architecture, activation,
// pooling or position embedding). Native builds only (it computes SHA-256).
//
// With ranges, channels are equalised as in SmoothQuant (Xiao et al. 2023): activations times
// w^(1 - a) / r^a (w: the channel's largest weight, r: its range, a = 0.7), weights divided by it.
// A few channels are 20 times wider than the rest; without this they take the quantization range of
// all others. An empty map: all factors 1.
SecureVector<char> convert(const ConvertInput& input, const ChannelRanges& ranges = {});

}  // namespace mayfly::model
