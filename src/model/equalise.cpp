// SPDX-License-Identifier: Apache-2.0
#include "model/equalise.h"

#include <algorithm>
#include <cmath>

namespace mayfly::model {
namespace {

constexpr int kSteps = 200;
constexpr double kFirstRate = 0.05;  // relative change of a factor per step; falls to 0 linearly
constexpr double kMomentum = 0.9, kSecondMoment = 0.99;
constexpr double kNarrowest = 1e-4;  // of the widest: narrower channels count as that wide

float round_to_8_bits(double value) {
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  return static_cast<float>(std::ldexp(std::nearbyint(fraction * 256.0), exponent - 8));
}

void raise_narrow(std::vector<double>& values) {
  const double widest = *std::max_element(values.begin(), values.end());
  for (double& value : values) value = widest > 0.0 ? std::max(value / widest, kNarrowest) : 1.0;
}

std::vector<double> first_guess(std::span<const float> x, std::span<const double> channel_cost) {
  const std::size_t k = channel_cost.size();
  std::vector<double> range(k, 0.0), weight(k);
  for (std::size_t i = 0; i < x.size(); ++i) {
    range[i % k] = std::max(range[i % k], std::fabs(static_cast<double>(x[i])));
  }
  for (std::size_t i = 0; i < k; ++i) weight[i] = std::sqrt(channel_cost[i]);
  raise_narrow(range);
  raise_narrow(weight);
  std::vector<double> factors(k);
  for (std::size_t i = 0; i < k; ++i) {
    factors[i] = std::sqrt(std::sqrt(weight[i] / (range[i] * range[i] * range[i])));
  }
  return factors;
}

struct Loss {
  double value = 0.0;
  std::vector<double> gradient;  // of its logarithm, by the logarithm of each factor
};

Loss loss_of(std::span<const float> x, std::span<const float> row_weights,
             std::span<const double> channel_cost, const std::vector<double>& factors) {
  const std::size_t k = factors.size();
  Loss loss{0.0, std::vector<double>(k, 0.0)};
  double ranges = 0.0, costs = 0.0;
  for (std::size_t row = 0; row < row_weights.size(); ++row) {
    const float* values = x.data() + row * k;
    double low = values[0] * factors[0], high = low;
    std::size_t at_low = 0, at_high = 0;
    for (std::size_t i = 1; i < k; ++i) {
      const double value = values[i] * factors[i];
      if (value < low) low = value, at_low = i;
      if (value > high) high = value, at_high = i;
    }
    const double range = high - low, weighted = row_weights[row] * range;
    ranges += weighted * range;
    loss.gradient[at_high] += 2.0 * weighted * high;
    loss.gradient[at_low] -= 2.0 * weighted * low;
  }
  for (std::size_t i = 0; i < k; ++i) costs += channel_cost[i] / (factors[i] * factors[i]);
  const double inverse_ranges = ranges > 0.0 ? 1.0 / ranges : 0.0;
  for (std::size_t i = 0; i < k; ++i) {
    const double share = costs > 0.0 ? channel_cost[i] / (factors[i] * factors[i]) / costs : 0.0;
    loss.gradient[i] = loss.gradient[i] * inverse_ranges - 2.0 * share;
  }
  loss.value = ranges * costs;
  return loss;
}

}  // namespace

std::vector<float> equalising_factors(std::span<const float> x, std::span<const float> row_weights,
                                      std::span<const double> channel_cost) {
  const std::size_t k = channel_cost.size();
  std::vector<double> factors = first_guess(x, channel_cost), best = factors;
  std::vector<double> mean(k, 0.0), square(k, 0.0);
  double least = 0.0, mean_decay = 1.0, square_decay = 1.0;
  for (int step = 0; step <= kSteps; ++step) {
    const Loss loss = loss_of(x, row_weights, channel_cost, factors);
    if (step == 0 || loss.value < least) {
      least = loss.value;
      best = factors;
    }
    mean_decay *= kMomentum;
    square_decay *= kSecondMoment;
    const double rate = kFirstRate * (1.0 - static_cast<double>(step) / kSteps);
    for (std::size_t i = 0; i < k; ++i) {
      const double g = loss.gradient[i];
      mean[i] = kMomentum * mean[i] + (1.0 - kMomentum) * g;
      square[i] = kSecondMoment * square[i] + (1.0 - kSecondMoment) * g * g;
      const double direction =
          mean[i] / (1.0 - mean_decay) / (std::sqrt(square[i] / (1.0 - square_decay)) + 1e-8);
      // e^-d to the second order; the bits of exp differ between mathematical libraries.
      const double half = 0.5 * rate * direction;
      factors[i] *= (1.0 - half) / (1.0 + half);
    }
  }
  std::vector<float> result(k);
  for (std::size_t i = 0; i < k; ++i) result[i] = round_to_8_bits(best[i]);
  return result;
}

}  // namespace mayfly::model
