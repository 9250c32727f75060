// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "encoder/sentence_encoder.h"
#include "kernels/kernels.h"
#include "model/container.h"

namespace mayfly::encoder {

// The static tier: one vector per token, a sentence is the sum of its tokens' vectors divided by
// its norm. Weights of tokens are in the lengths of their rows. Linear in the number of tokens, and
// a thousand times cheaper than a transformer.
class StaticEncoder final : public SentenceEncoder {
 public:
  // No position is learned, so this only bounds what one text may cost.
  static constexpr std::size_t kMaxPositions = std::size_t{1} << 20;

  // Reads "static.table" U8 [vocabulary, dim / 2], two 4-bit codes a byte, and "static.table.scale"
  // F16 or F32 [vocabulary], finite: value = scale of the row * (code - 8). dim is a multiple of
  // 16, at most 4,096. Keeps the container alive (the table is used in place).
  // Error(kInvalidModel), Error(kUnsupportedModel) for scales of another type.
  explicit StaticEncoder(std::shared_ptr<const model::Container> container);

  std::size_t dim() const override { return dim_; }
  std::size_t vocabulary_size() const override { return scales_.size(); }
  std::size_t max_positions() const override { return kMaxPositions; }
  std::unique_ptr<SentencePass> make_pass() const override;

 private:
  class Pass;

  std::shared_ptr<const model::Container> container_;
  const kernels::Kernels& kernels_;
  std::size_t dim_;
  std::span<const std::uint8_t> table_;  // [vocabulary, dim / 2], into the container
  std::vector<float> scales_;            // [vocabulary]
};

}  // namespace mayfly::encoder
