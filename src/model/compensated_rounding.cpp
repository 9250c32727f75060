// SPDX-License-Identifier: Apache-2.0
#include "model/compensated_rounding.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "model/cholesky.h"
#include "model/sign_sums.h"

namespace mayfly::model {
namespace {

constexpr double kDamping = 0.01;
constexpr float kSmallestWeight = 1e-30F;  // below it 1 / scale would overflow
constexpr int kScaleCandidates = 24;
constexpr float kLargestScale = 2.0F, kScaleStep = 0.05F;

// Rounds the codes of one row, in any order of channels, and keeps count of their sums.
class BoundedCodes {
 public:
  BoundedCodes(std::size_t in, int limit) : sums_(sign_sum_count(in)), limit_(limit) {}

  int round(double value, double scale, std::size_t channel) {
    const double bound = limit_;
    const int code = static_cast<int>(std::clamp(std::nearbyint(value / scale), -bound, bound));
    SignSums& sums = sums_[sign_sum_of(channel)];
    int& sum = code < 0 ? sums.negative : sums.positive;
    const int magnitude = std::min(std::abs(code), kLargestSignSum - sum);
    sum += magnitude;
    return code < 0 ? -magnitude : magnitude;
  }

 private:
  struct SignSums {
    int positive = 0, negative = 0;
  };
  std::vector<SignSums> sums_;
  int limit_;
};

}  // namespace

CompensatedRounding::CompensatedRounding(std::vector<double> gram, std::size_t in)
    : in_(in), weight_(in), order_(in), compensation_(in * in) {
  double mean = 0.0;
  for (std::size_t i = 0; i < in; ++i) mean += gram[i * in + i];
  mean /= static_cast<double>(in);
  const double damping = mean > 0.0 ? kDamping * mean : 1.0;
  for (std::size_t i = 0; i < in; ++i) weight_[i] = gram[i * in + i] + damping;
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::stable_sort(order_.begin(), order_.end(),
                   [&](std::size_t a, std::size_t b) { return weight_[a] < weight_[b]; });
  for (std::size_t i = 0; i < in; ++i) {
    for (std::size_t j = 0; j < in; ++j) {
      compensation_[i * in + j] = i == j ? weight_[order_[i]] : gram[order_[i] * in + order_[j]];
    }
  }
  invert_lower_factor(compensation_, in);
}

void CompensatedRounding::round_row(std::span<const float> row, double scale, int limit,
                                    std::span<std::int8_t> codes) const {
  if (!(scale > 0.0)) {
    std::fill(codes.begin(), codes.end(), std::int8_t{0});
    return;
  }
  std::vector<double> rest(in_);
  BoundedCodes bounded(in_, limit);
  for (std::size_t i = 0; i < in_; ++i) rest[i] = row[order_[i]];
  for (std::size_t t = in_; t-- > 0;) {
    const int code = bounded.round(rest[t], scale, order_[t]);
    codes[order_[t]] = static_cast<std::int8_t>(code);
    const double* m = compensation_.data() + t * in_;
    const double error = (rest[t] - code * scale) / m[t];
    for (std::size_t j = 0; j < t; ++j) rest[j] -= error * m[j];
  }
}

float CompensatedRounding::best_scale(std::span<const float> row, int limit) const {
  float largest = 0.0F;
  for (const float value : row) largest = std::max(largest, std::fabs(value));
  if (largest < kSmallestWeight) return 0.0F;
  float best = 0.0F;
  double least = 0.0;
  for (int candidate = 0; candidate < kScaleCandidates; ++candidate) {
    const float scale = largest / static_cast<float>(limit) *
                        (kLargestScale - kScaleStep * static_cast<float>(candidate));
    BoundedCodes bounded(in_, limit);
    double cost = 0.0;
    for (std::size_t t = in_; t-- > 0;) {
      const double value = row[order_[t]];
      const double error = value - bounded.round(value, scale, order_[t]) * double{scale};
      cost += weight_[order_[t]] * error * error;
    }
    if (candidate == 0 || cost < least) {
      least = cost;
      best = scale;
    }
  }
  return best;
}

}  // namespace mayfly::model
