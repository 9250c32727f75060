// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace mayfly::engine {

// The parts of a BERT layer between its dense layers, in f32 and exactly reproducible: the
// reference that conversion holds the quantized model against. The kernels of the encoder are made
// for speed and approximate; these are not. Exponentials are computed here, since libraries differ
// in their last bit. All work in place on rows [tokens, columns].

// x = (x - mean) / sqrt(variance + epsilon) * gamma + beta, row by row.
void layer_norm(std::span<float> x, std::span<const float> gamma, std::span<const float> beta,
                float epsilon);

// x Phi(x), with |error| below 1e-6 (erf: Abramowitz & Stegun 7.1.26).
void gelu(std::span<float> x);

// Multi-head attention over sequences that lie one after another. query, key, value and the result
// are [tokens, dim]; lengths are the sequences' tokens and sum up to all of them.
std::vector<float> attention(std::span<const float> query, std::span<const float> key,
                             std::span<const float> value, std::span<const std::size_t> lengths,
                             std::size_t dim, std::size_t heads);

}  // namespace mayfly::engine
