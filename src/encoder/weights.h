// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "encoder/encoder.h"
#include "encoder/linear.h"
#include "kernels/kernels.h"
#include "model/container.h"

namespace mayfly::encoder {

struct LayerNorm {
  std::span<const float> gamma, beta;  // [dim], into the container
};

// An embedding table, int8 with one scale per row, used in place.
struct EmbeddingTable {
  std::span<const std::int8_t> values;  // [rows, dim], into the container
  std::span<const float> scales;        // [rows]
};

// One transformer layer, post-norm as in BERT.
struct Layer {
  Linear query_key_value;  // queries come out divided by sqrt(head size)
  Linear attention_output;
  LayerNorm attention_norm;
  Linear feed_forward_in;
  Linear feed_forward_out;
  LayerNorm output_norm;
};

// Everything that a forward pass reads. Spans point into `container`, which is kept alive.
class Encoder::Impl {
 public:
  explicit Impl(std::shared_ptr<const model::Container> source);

  std::shared_ptr<const model::Container> container;
  const kernels::Kernels& kernels;  // the variant that the weights are packed for
  EncoderShape shape{};
  float layer_norm_epsilon = 0;
  EmbeddingTable words, positions;  // positions: with the token type's row added
  LayerNorm embedding_norm;
  std::vector<Layer> layers;

 private:
  EmbeddingTable table(const std::string& name, std::size_t rows) const;
  LayerNorm layer_norm(const std::string& name) const;
  Linear linear(const std::string& name, const std::string& input_scale, std::size_t out,
                std::size_t in) const;
  Layer layer(std::size_t index) const;
};

}  // namespace mayfly::encoder
