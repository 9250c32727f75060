// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "base/error.h"
#include "base/zeroing_allocator.h"
#include "encoder/attention.h"
#include "encoder/encoder.h"
#include "encoder/pooling.h"
#include "encoder/weights.h"

namespace mayfly::encoder {
namespace {

// Tokens that go through a chain of dense layers together: enough to reuse each panel of
// weights, few enough that their activations stay in the second-level cache.
constexpr std::size_t kTokenBlock = 32;

}  // namespace

struct ForwardPass::State {
  explicit State(const Encoder& encoder)
      : weights(encoder.impl()),
        attention(weights.shape.dim, weights.shape.heads, weights.kernels) {
    const std::size_t widest = std::max(weights.shape.feed_forward, 3 * weights.shape.dim);
    quantized.resize(kernels::activation_count(kTokenBlock, widest) *
                     weights.kernels.activation_bytes);
    block.resize(kTokenBlock * widest);
    projected.resize(kTokenBlock * weights.shape.dim);
    pooled.resize(weights.shape.dim);
  }

  void embed(std::span<const std::int32_t> sequence, std::size_t first_token);
  void run_layer(const Layer& layer);
  void finish_tokens(const Layer& layer, std::size_t token, std::size_t count);
  // y [count, linear.out()] = linear(x), x [count, linear.in()] quantized on the way.
  void dense(const Linear& linear, const float* x, std::size_t count, float* y);

  const Encoder::Impl& weights;
  Attention attention;
  std::size_t next_layer = 0;
  std::vector<std::size_t> starts;       // [sequences + 1] first token of each, then the total
  SecureVector<float> states;            // [tokens, dim]
  SecureVector<float> qkv;               // [tokens, 3 * dim]
  SecureVector<float> context;           // [tokens, dim]
  SecureVector<std::uint8_t> quantized;  // [kTokenBlock, widest layer] activations
  kernels::RowScale row_scales[kTokenBlock];
  SecureVector<float> block;      // [kTokenBlock, widest layer]
  SecureVector<float> projected;  // [kTokenBlock, dim]
  SecureVector<float> pooled;     // [dim]
};

void ForwardPass::State::embed(std::span<const std::int32_t> sequence, std::size_t first_token) {
  const std::size_t dim = weights.shape.dim;
  for (std::size_t position = 0; position < sequence.size(); ++position) {
    const auto id = static_cast<std::size_t>(sequence[position]);
    const std::int8_t* word = weights.words.values.data() + id * dim;
    const std::int8_t* place = weights.positions.values.data() + position * dim;
    float* state = states.data() + (first_token + position) * dim;
    float* residual = projected.data();
    for (std::size_t d = 0; d < dim; ++d) {
      state[d] = static_cast<float>(word[d]) * weights.words.scales[id];
      residual[d] = static_cast<float>(place[d]) * weights.positions.scales[position];
    }
    weights.kernels.add_layer_norm(state, residual, weights.embedding_norm.gamma.data(),
                                   weights.embedding_norm.beta.data(), weights.layer_norm_epsilon,
                                   1, dim);
  }
}

void ForwardPass::State::dense(const Linear& linear, const float* x, std::size_t count, float* y) {
  weights.kernels.quantize_rows(
      {x, linear.in(), linear.input_scale(), count, linear.in(), quantized.data(), row_scales});
  linear.multiply(weights.kernels, quantized.data(), row_scales, count, y);
}

void ForwardPass::State::run_layer(const Layer& layer) {
  const std::size_t dim = weights.shape.dim;
  const std::size_t tokens = starts.back();
  for (std::size_t token = 0; token < tokens; token += kTokenBlock) {
    const std::size_t count = std::min(kTokenBlock, tokens - token);
    dense(layer.query_key_value, states.data() + token * dim, count, qkv.data() + token * 3 * dim);
  }
  for (std::size_t sequence = 0; sequence + 1 < starts.size(); ++sequence) {
    const std::size_t first = starts[sequence];
    attention.run(qkv.data() + first * 3 * dim, starts[sequence + 1] - first,
                  context.data() + first * dim);
  }
  for (std::size_t token = 0; token < tokens; token += kTokenBlock) {
    finish_tokens(layer, token, std::min(kTokenBlock, tokens - token));
  }
}

// What comes after attention: projection, residual and norm, feed-forward, residual and norm.
void ForwardPass::State::finish_tokens(const Layer& layer, std::size_t token, std::size_t count) {
  const std::size_t dim = weights.shape.dim;
  const kernels::Kernels& kernels = weights.kernels;
  const float epsilon = weights.layer_norm_epsilon;
  float* state = states.data() + token * dim;
  dense(layer.attention_output, context.data() + token * dim, count, projected.data());
  kernels.add_layer_norm(state, projected.data(), layer.attention_norm.gamma.data(),
                         layer.attention_norm.beta.data(), epsilon, count, dim);
  dense(layer.feed_forward_in, state, count, block.data());
  kernels.gelu_quantize_rows(
      {block.data(), count, weights.shape.feed_forward, quantized.data(), row_scales});
  layer.feed_forward_out.multiply(kernels, quantized.data(), row_scales, count, projected.data());
  kernels.add_layer_norm(state, projected.data(), layer.output_norm.gamma.data(),
                         layer.output_norm.beta.data(), epsilon, count, dim);
}

ForwardPass::ForwardPass(const Encoder& encoder) : state_(std::make_unique<State>(encoder)) {}

ForwardPass::~ForwardPass() = default;

void ForwardPass::begin(std::span<const std::span<const std::int32_t>> sequences) {
  State& s = *state_;
  const EncoderShape& shape = s.weights.shape;
  std::vector<std::size_t> starts{0};
  for (const auto sequence : sequences) {
    if (sequence.empty() || sequence.size() > shape.max_positions) {
      throw Error(ErrorCode::kInvalidArgument,
                  "a sequence must have 1 to " + std::to_string(shape.max_positions) + " tokens");
    }
    for (const std::int32_t id : sequence) {
      if (id < 0 || static_cast<std::size_t>(id) >= shape.vocabulary_size) {
        throw Error(ErrorCode::kTokenOutOfRange,
                    "token id " + std::to_string(id) +
                        " has no row in the embedding table; the "
                        "tokenizer and the model do not belong together");
      }
    }
    starts.push_back(starts.back() + sequence.size());
  }
  s.starts = std::move(starts);
  const std::size_t tokens = s.starts.back();
  s.states.resize(std::max(s.states.size(), tokens * shape.dim));
  s.context.resize(std::max(s.context.size(), tokens * shape.dim));
  s.qkv.resize(std::max(s.qkv.size(), tokens * 3 * shape.dim));
  for (std::size_t i = 0; i < sequences.size(); ++i) s.embed(sequences[i], s.starts[i]);
  s.next_layer = 0;
}

bool ForwardPass::step() {
  State& s = *state_;
  if (s.next_layer < s.weights.layers.size()) {
    s.run_layer(s.weights.layers[s.next_layer]);
    ++s.next_layer;
  }
  return s.next_layer == s.weights.layers.size();
}

std::span<const float> ForwardPass::pooled(std::size_t sequence) {
  const std::span<const float> states = token_states(sequence);
  mean_pool_normalized(states.data(), states.size() / state_->weights.shape.dim, state_->pooled);
  return state_->pooled;
}

std::span<const float> ForwardPass::token_states(std::size_t sequence) const {
  const State& s = *state_;
  if (sequence + 1 >= s.starts.size() || s.next_layer < s.weights.layers.size()) {
    throw Error(ErrorCode::kInvalidArgument, "no finished sequence has this number");
  }
  const std::size_t dim = s.weights.shape.dim;
  const std::size_t first = s.starts[sequence];
  return {s.states.data() + first * dim, (s.starts[sequence + 1] - first) * dim};
}

}  // namespace mayfly::encoder
