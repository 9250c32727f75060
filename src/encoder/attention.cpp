// SPDX-License-Identifier: Apache-2.0
#include "encoder/attention.h"

#include <algorithm>

namespace mayfly::encoder {
namespace {

template <typename T>
void grow(SecureVector<T>& vector, std::size_t size) {
  if (vector.size() < size) vector.resize(size);
}

}  // namespace

void Attention::reserve(std::size_t length) {
  const std::size_t head_size = dim_ / heads_;
  const std::size_t padded = kernels::padded_depth(length);
  grow(keys_, kernels::packed_bytes(length, head_size));
  grow(values_, kernels::packed_bytes(head_size, length));
  grow(key_scale_, padded);
  grow(key_sum_, padded);
  grow(value_scale_, head_size);
  grow(zeros_, std::max(padded, head_size));
  grow(scores_, kRowBlock * padded);
  grow(queries_, kernels_.activation_bytes * kernels::activation_count(kRowBlock, head_size));
  grow(weights_, kernels::activation_count(kRowBlock, length));
}

// query_key_value: the head's part of the first row.
void Attention::prepare_head(const float* query_key_value, std::size_t length) {
  const std::size_t head_size = dim_ / heads_;
  kernels_.quantize_keys({query_key_value + dim_, 3 * dim_, length, head_size, keys_.data(),
                          key_scale_.data(), key_sum_.data()});
  kernels_.quantize_values({query_key_value + 2 * dim_, 3 * dim_, head_size, length, values_.data(),
                            value_scale_.data()});
}

void Attention::run_rows(const float* queries, std::size_t rows, std::size_t length,
                         float* context) {
  const std::size_t head_size = dim_ / heads_;
  const std::size_t stride = kernels::padded_depth(length);
  kernels_.quantize_rows(
      {queries, 3 * dim_, nullptr, rows, head_size, queries_.data(), query_rows_});
  kernels_.gemm_u7s8({queries_.data(), query_rows_, keys_.data(), key_scale_.data(),
                      key_sum_.data(), zeros_.data(), scores_.data(), rows,
                      kernels::padded_rows(length), head_size, stride});
  kernels_.softmax_u11({scores_.data(), rows, length, stride, weights_.data(), weight_rows_});
  kernels_.gemm_s16s8({weights_.data(), weight_rows_, values_.data(), value_scale_.data(),
                       zeros_.data(), zeros_.data(), context, rows, head_size, length, dim_});
}

void Attention::run(const float* query_key_value, std::size_t length, float* context) {
  reserve(length);
  for (std::size_t head = 0; head < heads_; ++head) {
    const std::size_t offset = head * (dim_ / heads_);
    prepare_head(query_key_value + offset, length);
    for (std::size_t row = 0; row < length; row += kRowBlock) {
      run_rows(query_key_value + row * 3 * dim_ + offset, std::min(kRowBlock, length - row), length,
               context + row * dim_ + offset);
    }
  }
}

}  // namespace mayfly::encoder
