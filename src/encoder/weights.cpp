// SPDX-License-Identifier: Apache-2.0
#include "encoder/weights.h"

#include <cmath>

#include "encoder/tensor_access.h"
#include "model/bert_config.h"

namespace mayfly::encoder {

Encoder::Impl::Impl(std::shared_ptr<const model::Container> source)
    : container(std::move(source)), kernels(kernels::active()) {
  const model::BertConfig config = model::parse_bert_config(container->metadata_value("config"));
  shape = {config.vocabulary_size, config.dim,          config.layers,
           config.heads,           config.feed_forward, config.max_positions};
  layer_norm_epsilon = config.layer_norm_epsilon;
  words = table("embeddings.word_embeddings", shape.vocabulary_size);
  positions = table("embeddings.position_and_type_embeddings", shape.max_positions);
  embedding_norm = layer_norm("embeddings.LayerNorm");
  layers.reserve(shape.layers);
  for (std::size_t index = 0; index < shape.layers; ++index) layers.push_back(layer(index));
}

EmbeddingTable Encoder::Impl::table(const std::string& name, std::size_t rows) const {
  return {int8_matrix(*container, name + ".weight", rows, shape.dim),
          finite_vector(*container, name + ".weight.scale", rows)};
}

LayerNorm Encoder::Impl::layer_norm(const std::string& name) const {
  return {finite_vector(*container, name + ".weight", shape.dim),
          finite_vector(*container, name + ".bias", shape.dim)};
}

Linear Encoder::Impl::linear(const std::string& name, const std::string& input_scale,
                             std::size_t out, std::size_t in) const {
  const Linear::Part part{name};
  return Linear(*container, {&part, 1}, input_scale, out, in, kernels);
}

Layer Encoder::Impl::layer(std::size_t index) const {
  const std::string prefix = "encoder.layer." + std::to_string(index) + ".";
  const std::size_t dim = shape.dim;
  const auto head_size = static_cast<float>(dim / shape.heads);
  const Linear::Part attention[] = {{prefix + "attention.self.query", 1.0F / std::sqrt(head_size)},
                                    {prefix + "attention.self.key"},
                                    {prefix + "attention.self.value"}};
  return {Linear(*container, attention, prefix + "attention.self.input_scale", dim, dim, kernels),
          linear(prefix + "attention.output.dense", "", dim, dim),
          layer_norm(prefix + "attention.output.LayerNorm"),
          linear(prefix + "intermediate.dense", prefix + "intermediate.dense.input_scale",
                 shape.feed_forward, dim),
          linear(prefix + "output.dense", "", dim, shape.feed_forward),
          layer_norm(prefix + "output.LayerNorm")};
}

Encoder::Encoder(std::shared_ptr<const model::Container> container)
    : impl_(std::make_unique<const Impl>(std::move(container))) {}

Encoder::~Encoder() = default;

const EncoderShape& Encoder::shape() const { return impl_->shape; }

std::unique_ptr<SentencePass> Encoder::make_pass() const {
  return std::make_unique<ForwardPass>(*this);
}

}  // namespace mayfly::encoder
