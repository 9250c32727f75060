// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mayfly::model {

// Rounds the weights of a dense layer so that its outputs change least, not its weights: the error
// of each rounded weight is made good by the weights of the same row that are not rounded yet
// (GPTQ: Frantar, Ashkboos, Hoefler, Alistarh 2023; Hassibi & Stork 1993).
class CompensatedRounding {
 public:
  // gram [in, in]: X^T X of inputs as they occur at run time. Symmetric, diagonal not negative;
  // its diagonal is raised by 1 % of the mean, so inputs may be dependent or always zero.
  // Deterministic: sums in a fixed order, nothing but + - * / and square roots.
  CompensatedRounding(std::vector<double> gram, std::size_t in);

  // Codes in -limit..limit, so that scale * code stands for the row [in]; their sums keep to
  // kLargestSignSum. limit is 1..127; a scale of 0 gives zeros.
  void round_row(std::span<const float> row, double scale, int limit,
                 std::span<std::int8_t> codes) const;

  // The scale of max |row| / limit times one of 2, 1.95, .., 0.85 whose rounding changes the
  // outputs least: clipping a lone large weight can serve all others, and with a larger scale fewer
  // codes hit kLargestSignSum. 0 for a row of zeros.
  float best_scale(std::span<const float> row, int limit) const;

 private:
  std::size_t in_;
  std::vector<double> weight_;        // [in] diagonal of gram: how much an error of a channel costs
  std::vector<std::size_t> order_;    // channels, least active first; rounded from the back
  std::vector<double> compensation_;  // [in, in] lower triangular M with gram^-1 = M^T M
};

}  // namespace mayfly::model
