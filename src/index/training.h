// SPDX-License-Identifier: Apache-2.0
// When an index that learns from its rows does so, and from which.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/zeroing_allocator.h"
#include "index/random_numbers.h"
#include "index/vector_rows.h"

namespace mayfly::index {

inline constexpr std::size_t kFirstTraining = 1000, kLastTraining = 16'000;  // rows
inline constexpr std::size_t kNoTraining = static_cast<std::size_t>(-1);

// How many rows there are when it learns again, having done so with `count`: at 1,000, 4,000 and
// 16,000, or not at all after the last.
inline std::size_t next_training(std::size_t count) {
  return count >= kLastTraining ? kNoTraining : std::max(4 * kFirstTraining, 4 * count);
}

// f32 [min(most, rows), dim]: rows chosen by the seed.
inline SecureVector<float> training_sample(const VectorRows& rows, std::size_t most,
                                           std::uint64_t seed) {
  const auto sample = random_sample(rows.size(), most, seed);
  SecureVector<float> vectors(sample.size() * rows.dim());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    rows.dequantize(sample[i], std::span(vectors).subspan(i * rows.dim(), rows.dim()));
  }
  return vectors;
}

}  // namespace mayfly::index
