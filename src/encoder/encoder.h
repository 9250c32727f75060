// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "encoder/sentence_encoder.h"
#include "model/container.h"

namespace mayfly::encoder {

struct EncoderShape {
  std::size_t vocabulary_size, dim, layers, heads, feed_forward, max_positions;
  bool operator==(const EncoderShape&) const = default;
};

// A BERT encoder (Devlin et al. 2019) with int8 weights: immutable after loading, so that many
// passes may share it. Knows token ids only; it does not know the tokenizer.
class Encoder final : public SentenceEncoder {
 public:
  // Reads and validates config and tensors; packs the weights for the kernel in use. Keeps the
  // container alive (the embedding table is used in place). Error(kInvalidModel,
  // kUnsupportedModel).
  explicit Encoder(std::shared_ptr<const model::Container> container);
  ~Encoder() override;
  const EncoderShape& shape() const;
  std::size_t dim() const override { return shape().dim; }
  std::size_t vocabulary_size() const override { return shape().vocabulary_size; }
  std::size_t max_positions() const override { return shape().max_positions; }
  std::unique_ptr<SentencePass> make_pass() const override;

  class Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<const Impl> impl_;
};

// One forward pass over packed sequences: no padding, so a sequence's result never depends on what
// else is in the pass. It runs layer by layer, so that a caller can stop or yield in between.
// Buffers are kept from pass to pass and zeroed when freed.
class ForwardPass final : public SentencePass {
 public:
  // The encoder must outlive the pass.
  explicit ForwardPass(const Encoder& encoder);
  ~ForwardPass() override;

  // Starts over with these sequences, each of 1..max_positions ids. Error(kInvalidArgument) for a
  // length outside that, Error(kTokenOutOfRange) for an id outside the table. Ids are copied.
  void begin(std::span<const std::span<const std::int32_t>> sequences) override;
  // Runs the next layer. True when the last one is done (and from then on).
  bool step() override;

  // After step() returned true. Views are valid until the next begin().
  // f32 [dim]: mean over the sequence's tokens, then divided by its L2 norm (a zero vector stays).
  std::span<const float> pooled(std::size_t sequence) override;
  // f32 [length, dim]: the last layer's hidden states.
  std::span<const float> token_states(std::size_t sequence) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mayfly::encoder
