// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

namespace mayfly::model {

// What the fast kernels add up in 16 bits: of each output channel, the products of 8 weights, two
// out of every four consecutive inputs of a block of 16. Activations are at most 127, so when the
// positive weights of such a group sum to at most 258, and the magnitudes of the negative ones
// too, no sum leaves -32,766..32,766. The converter keeps every group within it.
inline constexpr int kLargestSignSum = 258;

// Number of the group of an input channel, and how many groups `in` channels have.
constexpr std::size_t sign_sum_of(std::size_t channel) {
  return channel / 16 * 2 + channel % 4 / 2;
}
constexpr std::size_t sign_sum_count(std::size_t in) { return (in + 15) / 16 * 2; }

}  // namespace mayfly::model
