// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

#include "base/zeroing_allocator.h"
#include "kernels/kernels.h"

namespace mayfly::encoder {

// Multi-head scaled dot-product attention (Vaswani et al. 2017) over one sequence, head by head, in
// integers: queries 0..127, softmax weights 0..2047, keys and values int8 (docs/decisions/
// attention-in-integers.md has what that costs). Owns its scratch memory, which grows to the
// longest sequence seen.
class Attention {
 public:
  Attention(std::size_t dim, std::size_t heads, const kernels::Kernels& kernels)
      : dim_(dim), heads_(heads), kernels_(kernels) {}

  // query_key_value [length, 3 * dim]: each row is query (already divided by sqrt(head size)),
  // key, value; in each the heads stand side by side. context [length, dim].
  void run(const float* query_key_value, std::size_t length, float* context);

 private:
  // Queries at a time: their scores stay in the first-level cache.
  static constexpr std::size_t kRowBlock = 16;

  void reserve(std::size_t length);
  void prepare_head(const float* query_key_value, std::size_t length);
  void run_rows(const float* queries, std::size_t rows, std::size_t length, float* context);

  std::size_t dim_, heads_;
  const kernels::Kernels& kernels_;
  // Keys are weights [length, head size], values are weights [head size, length].
  SecureVector<std::int8_t> keys_, values_;
  SecureVector<float> key_scale_, key_sum_;  // [padded length]
  SecureVector<float> value_scale_;          // [head size]
  SecureVector<float> zeros_;                // [the longer of both]: no bias, no minimum
  SecureVector<float> scores_;               // [row block, padded length]
  SecureVector<std::uint8_t> queries_;       // quantized, of a row block
  SecureVector<std::int16_t> weights_;       // softmax, of a row block
  kernels::RowScale query_rows_[kRowBlock], weight_rows_[kRowBlock];
};

}  // namespace mayfly::encoder
