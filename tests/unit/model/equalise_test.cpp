// SPDX-License-Identifier: Apache-2.0
#include "model/equalise.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "kernels/random_values.h"

namespace mayfly::model {

TEST_CASE("equalising factors lower the error that quantized rows cause", "[model]") {
  testing::RandomValues random(21);
  constexpr std::size_t kRows = 200, kIn = 24;
  auto x = random.floats(kRows * kIn, -1.0F, 1.0F);
  for (std::size_t row = 0; row < kRows; ++row) x[row * kIn + 5] *= 20.0F;  // one wide channel
  const std::vector<double> cost(kIn, 1.0);
  const auto error = [&](std::span<const float> factors) {
    double ranges = 0.0, costs = 0.0;
    for (std::size_t row = 0; row < kRows; ++row) {
      float low = 1e9F, high = -1e9F;
      for (std::size_t i = 0; i < kIn; ++i) {
        low = std::min(low, x[row * kIn + i] * factors[i]);
        high = std::max(high, x[row * kIn + i] * factors[i]);
      }
      ranges += double{high - low} * (high - low);
    }
    for (const float factor : factors) costs += 1.0 / (double{factor} * factor);
    return ranges * costs;
  };
  const auto factors = equalising_factors(x, std::vector<float>(kRows, 1.0F), cost);
  CHECK(error(factors) < 0.15 * error(std::vector<float>(kIn, 1.0F)));
  CHECK(factors[5] < 0.2F * *std::max_element(factors.begin(), factors.end()));
  for (const float factor : factors) CHECK(factor > 0.0F);
}

TEST_CASE("inputs that are all zero get usable factors", "[model]") {
  const auto factors = equalising_factors(std::vector<float>(32, 0.0F), std::vector<float>(4, 1.0F),
                                          std::vector<double>(8, 0.0));
  for (const float factor : factors) CHECK((factor > 0.0F && factor < 1e9F));
}

}  // namespace mayfly::model
