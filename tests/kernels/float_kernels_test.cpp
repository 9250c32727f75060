// SPDX-License-Identifier: Apache-2.0
// f32 kernels: every variant gives the scalar's bits, and the scalar is held to the mathematical
// definition in f64.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "kernels/kernels.h"
#include "kernels/random_values.h"

namespace mayfly::kernels {
namespace {

constexpr std::uint32_t kSeed = 7;

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

// Runs `operation(kernels, values)` with every variant, requires equal bits, returns the result.
template <typename Operation>
std::vector<float> run_all(const std::vector<float>& input, Operation operation) {
  std::vector<float> expected = input;
  operation(variants().front(), expected);
  for (const Kernels& kernels : variants().subspan(1)) {
    std::vector<float> result = input;
    operation(kernels, result);
    if (!same_bits(result, expected)) FAIL(kernels.variant << " differs from scalar");
  }
  return expected;
}

}  // namespace

TEST_CASE("add_layer_norm is within 1e-5 of its definition", "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < 200; ++round) {
    const std::size_t k = 4 * random.between(2, 100), m = random.between(1, 4);
    const auto x = random.floats(m * k, -4.0F, 6.0F), residual = random.floats(m * k, -2.0F, 2.0F);
    const auto gamma = random.floats(k, 0.2F, 1.5F), beta = random.floats(k, -1.0F, 1.0F);
    const auto y = run_all(x, [&](const Kernels& kernels, std::vector<float>& values) {
      kernels.add_layer_norm(values.data(), residual.data(), gamma.data(), beta.data(), 1e-12F, m,
                             k);
    });
    for (std::size_t i = 0; i < m; ++i) {
      double mean = 0.0, variance = 0.0, worst = 0.0;
      const auto sum = [&](std::size_t j) { return double{x[i * k + j]} + residual[i * k + j]; };
      for (std::size_t j = 0; j < k; ++j) mean += sum(j) / static_cast<double>(k);
      for (std::size_t j = 0; j < k; ++j) {
        variance += (sum(j) - mean) * (sum(j) - mean) / static_cast<double>(k);
      }
      for (std::size_t j = 0; j < k; ++j) {
        const double expected = (sum(j) - mean) / std::sqrt(variance + 1e-12) * gamma[j] + beta[j];
        worst = std::max(worst, std::fabs(y[i * k + j] - expected));
      }
      REQUIRE(worst < 1e-5);
    }
  }
}

}  // namespace mayfly::kernels
