// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace mayfly::encoder {

// One pass over several token sequences; a sequence's vector never depends on what else is in the
// pass. It runs in steps, so that a caller can stop or yield in between.
class SentencePass {
 public:
  virtual ~SentencePass() = default;

  // Starts over with these sequences, each of 1..max_positions() ids. Error(kInvalidArgument) for a
  // length outside that, Error(kTokenOutOfRange) for an id outside the table. Ids are copied.
  virtual void begin(std::span<const std::span<const std::int32_t>> sequences) = 0;
  // Runs the next step. True when the last one is done (and from then on).
  virtual bool step() = 0;
  // After step() returned true; valid until the next call of begin() or pooled(). f32 [dim],
  // divided by its L2 norm (a zero vector stays). Error(kInvalidModel) when the weights overflow.
  virtual std::span<const float> pooled(std::size_t sequence) = 0;
};

// What turns a sequence of token ids into one vector: a transformer, or a table of token vectors.
// Immutable after loading, so that many passes may share it. Does not know the tokenizer.
class SentenceEncoder {
 public:
  virtual ~SentenceEncoder() = default;
  virtual std::size_t dim() const = 0;
  virtual std::size_t vocabulary_size() const = 0;  // ids 0 to that are accepted
  virtual std::size_t max_positions() const = 0;    // the longest sequence
  // The encoder must outlive the pass.
  virtual std::unique_ptr<SentencePass> make_pass() const = 0;
};

}  // namespace mayfly::encoder
