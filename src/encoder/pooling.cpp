// SPDX-License-Identifier: Apache-2.0
#include "encoder/pooling.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace mayfly::encoder {

void mean_pool_normalized(const float* states, std::size_t length, std::span<float> result) {
  std::fill(result.begin(), result.end(), 0.0F);
  for (std::size_t token = 0; token < length; ++token) {
    const float* state = states + token * result.size();
    for (std::size_t d = 0; d < result.size(); ++d) result[d] += state[d];
  }
  // The division by the length cancels in the normalisation. f64: its rounding never shows in f32.
  double squares = 0.0;
  for (const float value : result) squares += double{value} * double{value};
  if (!std::isfinite(squares)) {
    throw Error(ErrorCode::kInvalidModel,
                "the model's weights give values beyond all bounds; convert the model again");
  }
  const double inverse = squares > 0.0 ? 1.0 / std::sqrt(squares) : 0.0;
  for (float& value : result) value = static_cast<float>(value * inverse);
}

}  // namespace mayfly::encoder
