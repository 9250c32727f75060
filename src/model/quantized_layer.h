// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "model/quantize_int8.h"

namespace mayfly::model {

// One dense layer as it is written: weights int8 [out, in] with a scale per output, bias [out].
struct QuantizedLayer {
  Int8Matrix weights;
  std::vector<float> bias;
};

// What conversion puts into the file for the encoder's matrices, by the names of the checkpoint.
struct QuantizedEncoder {
  // "embeddings.word_embeddings.weight", "embeddings.position_and_type_embeddings.weight"
  std::map<std::string, Int8Matrix> tables;
  // "encoder.layer.0.attention.self.query", ..., "encoder.layer.0.output.dense"
  std::map<std::string, QuantizedLayer> layers;
  // "encoder.layer.0.attention.self", "encoder.layer.0.intermediate.dense" -> [hidden_size]
  std::map<std::string, std::vector<float>> input_factors;
};

}  // namespace mayfly::model
