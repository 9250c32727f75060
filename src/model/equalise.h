// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace mayfly::model {

// Factors by which a dense layer's inputs are multiplied before they are quantized (and its weights
// divided): [k], more than 0, 8 bits of mantissa.
//
// A row of inputs is quantized over its own range, so its error is proportional to
// (max_k s_k x_k - min_k s_k x_k)^2; the error of channel k reaches the outputs by way of its
// weights, |w_k|^2 / s_k^2. The factors make the product of the two sums small, over the rows x
// [m, k] with weight row_weights [m] and channel_cost [k] = sum over outputs of w_k^2: gradient
// steps (Adam, Kingma & Ba 2015), from channel_cost^(1/8) / range^(3/4).
// SmoothQuant (Xiao et al. 2023) guesses them from the ranges; this solves for them.
// Deterministic: nothing but + - * / and square roots.
std::vector<float> equalising_factors(std::span<const float> x, std::span<const float> row_weights,
                                      std::span<const double> channel_cost);

}  // namespace mayfly::model
