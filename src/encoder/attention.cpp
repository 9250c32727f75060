// SPDX-License-Identifier: Apache-2.0
#include "encoder/attention.h"

#include <algorithm>

namespace mayfly::encoder {
namespace {

// Query rows at a time: scores of 32 x 256 floats stay in the first-level cache.
constexpr std::size_t kRowBlock = 32;
constexpr std::size_t kColumnStep = 8;  // what gemm_f32 asks of n

}  // namespace

void Attention::gather_head(const float* query_key_value, std::size_t length, std::size_t padded,
                            std::size_t head) {
  const std::size_t head_size = dim_ / heads_;
  for (std::size_t token = 0; token < length; ++token) {
    const float* row = query_key_value + token * 3 * dim_ + head * head_size;
    const float* key = row + dim_;
    for (std::size_t d = 0; d < head_size; ++d) keys_[d * padded + token] = key[d];
    std::copy_n(row + 2 * dim_, head_size, values_.data() + token * head_size);
  }
  for (std::size_t d = 0; d < head_size; ++d) {
    std::fill(keys_.data() + d * padded + length, keys_.data() + (d + 1) * padded, 0.0F);
  }
}

void Attention::run(const kernels::Kernels& kernels, const float* query_key_value,
                    std::size_t length, float* context) {
  const std::size_t head_size = dim_ / heads_;
  const std::size_t padded = (length + kColumnStep - 1) / kColumnStep * kColumnStep;
  keys_.resize(std::max(keys_.size(), head_size * padded));
  values_.resize(std::max(values_.size(), head_size * length));
  scores_.resize(std::max(scores_.size(), kRowBlock * padded));
  for (std::size_t head = 0; head < heads_; ++head) {
    gather_head(query_key_value, length, padded, head);
    for (std::size_t row = 0; row < length; row += kRowBlock) {
      const std::size_t rows = std::min(kRowBlock, length - row);
      const float* queries = query_key_value + row * 3 * dim_ + head * head_size;
      kernels.gemm_f32({queries, keys_.data(), scores_.data(), rows, padded, head_size, 3 * dim_,
                        padded, padded});
      kernels.softmax(scores_.data(), rows, length, padded);
      kernels.gemm_f32({scores_.data(), values_.data(), context + row * dim_ + head * head_size,
                        rows, head_size, length, padded, head_size, dim_});
    }
  }
}

}  // namespace mayfly::encoder
