// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

#include "base/zeroing_allocator.h"
#include "kernels/kernels.h"

namespace mayfly::encoder {

// Multi-head scaled dot-product attention (Vaswani et al. 2017) over one sequence in f32, head by
// head. Owns its scratch memory, which grows to the longest sequence seen.
class Attention {
 public:
  Attention(std::size_t dim, std::size_t heads) : dim_(dim), heads_(heads) {}

  // query_key_value [length, 3 * dim]: each row is query (already divided by sqrt(head size)),
  // key, value; in each the heads stand side by side. context [length, dim].
  void run(const kernels::Kernels& kernels, const float* query_key_value, std::size_t length,
           float* context);

 private:
  void gather_head(const float* query_key_value, std::size_t length, std::size_t padded,
                   std::size_t head);
  std::size_t dim_, heads_;
  SecureVector<float> keys_;    // [head size, padded length]: transposed, zero beyond the length
  SecureVector<float> values_;  // [length, head size]
  SecureVector<float> scores_;  // [row block, padded length]
};

}  // namespace mayfly::encoder
