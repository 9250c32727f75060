// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/zeroing_allocator.h"
#include "model/profile.h"
#include "model/quantized_layer.h"

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

// Writes a model file, models/format.md, of a checkpoint and the int8 form of its matrices
// (engine::quantize_encoder). Deterministic: the same input gives the same bytes. Errors:
// kInvalidModel, kUnsupportedModel (another architecture, activation, pooling or position
// embedding). Native builds only (it computes SHA-256).
SecureVector<char> convert(const ConvertInput& input, const QuantizedEncoder& quantized,
                           const Profile& profile);

}  // namespace mayfly::model
