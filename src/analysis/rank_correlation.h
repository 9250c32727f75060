// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <vector>

namespace mayfly::analysis {

// Ranks from 1, lowest value first; equal values share the mean of their ranks. No NaN.
std::vector<double> average_ranks(std::span<const double> values);

// Spearman's rank correlation, ties included: Pearson's correlation of the average ranks. -1..1.
// Error(kInvalidArgument) unless both lists have the same length, at least 2, and each has two
// different values (else it is undefined).
double spearman(std::span<const double> a, std::span<const double> b);

}  // namespace mayfly::analysis
