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

TEST_CASE("gelu is within 6e-5 of x Phi(x) on [-8, 8] and 1e-5 |x| beyond", "[kernels]") {
  std::vector<float> x;
  for (int i = -160'000; i < 160'000; ++i) x.push_back(static_cast<float>(i) / 10'000.0F);
  const auto y = run_all(x, [](const Kernels& kernels, std::vector<float>& values) {
    kernels.gelu(values.data(), values.size());
  });
  double worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double value = x[i];
    const double expected = value * 0.5 * std::erfc(-value / std::sqrt(2.0));
    const double bound = std::fabs(value) <= 8.0 ? 6e-5 : 1e-5 * std::fabs(value);
    worst = std::max(worst, std::fabs(y[i] - expected) / bound);
  }
  CHECK(worst <= 1.0);
}

TEST_CASE("softmax is within 1e-6 of its definition and zero beyond the row's end", "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < 500; ++round) {
    const std::size_t n = random.between(1, 257), m = random.between(1, 3);
    const std::size_t stride = (n + 7) / 8 * 8;
    const auto x = random.floats(m * stride, -30.0F, 30.0F);
    const auto y = run_all(x, [&](const Kernels& kernels, std::vector<float>& values) {
      kernels.softmax(values.data(), m, n, stride);
    });
    for (std::size_t i = 0; i < m; ++i) {
      double highest = x[i * stride], sum = 0.0, worst = 0.0;
      for (std::size_t j = 0; j < n; ++j) highest = std::max(highest, double{x[i * stride + j]});
      for (std::size_t j = 0; j < n; ++j) sum += std::exp(double{x[i * stride + j]} - highest);
      for (std::size_t j = 0; j < stride; ++j) {
        const double expected = j < n ? std::exp(double{x[i * stride + j]} - highest) / sum : 0.0;
        worst = std::max(worst, std::fabs(y[i * stride + j] - expected));
      }
      REQUIRE(worst < 1e-6);
    }
  }
}

TEST_CASE("softmax of scores that are hugely apart stays finite", "[kernels]") {
  const std::vector<float> x{3e38F, -3e38F, 0.0F, -100.0F};
  const auto y = run_all(x, [](const Kernels& kernels, std::vector<float>& values) {
    kernels.softmax(values.data(), 1, 4, 4);
  });
  CHECK(y == std::vector<float>{1.0F, 0.0F, 0.0F, 0.0F});
}

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

TEST_CASE("gemm_f32 is within 1e-5 of the sum of magnitudes and honours its strides", "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < 500; ++round) {
    const std::size_t m = random.between(1, 9), n = 8 * random.between(1, 5);
    const std::size_t k = random.between(1, 257);
    const std::size_t a_stride = k + random.between(0, 3), b_stride = n + random.between(0, 3);
    const std::size_t c_stride = n + random.between(0, 3);
    const auto a = random.floats(m * a_stride, -1.0F, 1.0F);
    const auto b = random.floats(k * b_stride, -1.0F, 1.0F);
    const std::vector<float> untouched(m * c_stride, 77.0F);
    const auto c = run_all(untouched, [&](const Kernels& kernels, std::vector<float>& values) {
      kernels.gemm_f32({a.data(), b.data(), values.data(), m, n, k, a_stride, b_stride, c_stride});
    });
    bool within = true;
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < c_stride; ++j) {
        double sum = 0.0, magnitude = 0.0;
        for (std::size_t p = 0; p < k && j < n; ++p) {
          const double term = double{a[i * a_stride + p]} * b[p * b_stride + j];
          sum += term;
          magnitude += std::fabs(term);
        }
        const double expected = j < n ? sum : 77.0;
        within &= std::fabs(c[i * c_stride + j] - expected) <= 1e-5 * magnitude;
      }
    }
    REQUIRE(within);
  }
}

}  // namespace mayfly::kernels
