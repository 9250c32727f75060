// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

namespace mayfly::index {

struct RowHit {
  std::size_t row;
  float score;  // cosine, -1..1, unless the index has another Metric
};

}  // namespace mayfly::index
