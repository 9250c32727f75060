// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>

namespace mayfly::encoder {

// Mean of states [length, dim] over the tokens, divided by its L2 norm, into result [dim]. A zero
// mean stays zero. Error(kInvalidModel) when it is not finite: the weights overflow.
void mean_pool_normalized(const float* states, std::size_t length, std::span<float> result);

}  // namespace mayfly::encoder
