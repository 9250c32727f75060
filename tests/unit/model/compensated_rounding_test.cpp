// SPDX-License-Identifier: Apache-2.0
#include "model/compensated_rounding.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "kernels/random_values.h"
#include "model/cholesky.h"
#include "model/float_matrix.h"
#include "model/sign_sums.h"

namespace mayfly::model {
namespace {

// |X (w - scale * codes)|^2 by way of the Gram matrix.
double output_error(const std::vector<double>& gram, std::span<const float> w, double scale,
                    std::span<const std::int8_t> codes) {
  double sum = 0.0;
  for (std::size_t i = 0; i < w.size(); ++i) {
    for (std::size_t j = 0; j < w.size(); ++j) {
      sum += gram[i * w.size() + j] * (w[i] - scale * codes[i]) * (w[j] - scale * codes[j]);
    }
  }
  return sum;
}

// Inputs of which each is partly the one before it.
std::vector<float> correlated_inputs(testing::RandomValues& random, std::size_t rows,
                                     std::size_t in) {
  std::vector<float> x = random.floats(rows * in, -1.0F, 1.0F);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (i % in != 0) x[i] += 0.9F * x[i - 1];
  }
  return x;
}

}  // namespace

TEST_CASE("the inverse factor times its transpose inverts the matrix", "[model]") {
  testing::RandomValues random(11);
  constexpr std::size_t kN = 7;
  const std::vector<double> a = gram_matrix(random.floats(40 * kN, -1.0F, 1.0F), 40, kN);
  std::vector<double> m = a;
  invert_lower_factor(m, kN);
  for (std::size_t i = 0; i < kN; ++i) {
    for (std::size_t j = 0; j < kN; ++j) {
      double sum = 0.0;  // (M^T M a)[i][j]
      for (std::size_t k = 0; k < kN; ++k) {
        for (std::size_t l = 0; l < kN; ++l) sum += m[k * kN + i] * m[k * kN + l] * a[l * kN + j];
      }
      CHECK(sum == Approx(i == j ? 1.0 : 0.0).margin(1e-9));
    }
  }
}

TEST_CASE("products and Gram matrices are those of plain double sums", "[model]") {
  testing::RandomValues random(12);
  constexpr std::size_t kM = 301, kN = 13, kK = 21;
  const auto x = random.floats(kM * kK, -1.0F, 1.0F), w = random.floats(kN * kK, -1.0F, 1.0F);
  const auto bias = random.floats(kN, -1.0F, 1.0F);
  const auto y = multiply_by_transposed(x, w, bias, kM, kN, kK);
  for (std::size_t i = 0; i < kM; ++i) {
    for (std::size_t j = 0; j < kN; ++j) {
      double sum = bias[j];
      for (std::size_t k = 0; k < kK; ++k) sum += double{x[i * kK + k]} * w[j * kK + k];
      REQUIRE(y[i * kN + j] == Approx(sum).margin(1e-5));
    }
  }
  const auto gram = gram_matrix(x, kM, kK);
  for (std::size_t i = 0; i < kK; ++i) {
    for (std::size_t j = 0; j < kK; ++j) {
      double sum = 0.0;
      for (std::size_t row = 0; row < kM; ++row) sum += double{x[row * kK + i]} * x[row * kK + j];
      REQUIRE(gram[i * kK + j] == Approx(sum).margin(1e-3));
    }
  }
}

TEST_CASE("independent inputs round every weight to nearest", "[model]") {
  constexpr std::size_t kIn = 16;
  std::vector<double> gram(kIn * kIn, 0.0);
  for (std::size_t i = 0; i < kIn; ++i) gram[i * kIn + i] = 1.0 + static_cast<double>(i);
  testing::RandomValues random(13);
  const auto row = random.floats(kIn, -3.0F, 3.0F);
  std::vector<std::int8_t> codes(kIn);
  CompensatedRounding(gram, kIn).round_row(row, 0.1, 127, codes);
  for (std::size_t i = 0; i < kIn; ++i) CHECK(codes[i] == std::lround(row[i] / 0.1F));
}

TEST_CASE("dependent inputs: close to the best of all roundings, better than to nearest",
          "[model]") {
  testing::RandomValues random(14);
  constexpr std::size_t kIn = 6;
  double compensated = 0.0, nearest = 0.0, best = 0.0;
  for (int round = 0; round < 50; ++round) {
    const auto gram = gram_matrix(correlated_inputs(random, 64, kIn), 64, kIn);
    const auto row = random.floats(kIn, -3.0F, 3.0F);
    const CompensatedRounding rounding(gram, kIn);
    std::vector<std::int8_t> codes(kIn), plain(kIn), trial(kIn);
    rounding.round_row(row, 1.0, 127, codes);
    for (std::size_t i = 0; i < kIn; ++i) plain[i] = static_cast<std::int8_t>(std::lround(row[i]));
    double least = output_error(gram, row, 1.0, plain);
    nearest += least;
    for (int choice = 0; choice < 729; ++choice) {  // every code one less, the same or one more
      for (std::size_t i = 0, rest = static_cast<std::size_t>(choice); i < kIn; ++i, rest /= 3) {
        trial[i] = static_cast<std::int8_t>(plain[i] + static_cast<int>(rest % 3) - 1);
      }
      least = std::min(least, output_error(gram, row, 1.0, trial));
    }
    best += least;
    compensated += output_error(gram, row, 1.0, codes);
  }
  CHECK(compensated < 0.6 * nearest);
  CHECK(compensated < 1.6 * best);
}

TEST_CASE("no group of eight weights exceeds the largest sign sum", "[model]") {
  testing::RandomValues random(15);
  constexpr std::size_t kIn = 48;
  const auto gram = gram_matrix(correlated_inputs(random, 100, kIn), 100, kIn);
  const CompensatedRounding rounding(gram, kIn);
  for (int round = 0; round < 50; ++round) {
    const auto row = random.floats(kIn, round % 2 == 0 ? -1.0F : 0.5F, 1.0F);
    std::vector<std::int8_t> codes(kIn);
    rounding.round_row(row, double{rounding.best_scale(row, 127)}, 127, codes);
    std::vector<int> positive(sign_sum_count(kIn)), negative(sign_sum_count(kIn));
    for (std::size_t i = 0; i < kIn; ++i) {
      // The definition, written out: block of 16, then pair i of each quad.
      const std::size_t group = i / 16 * 2 + (i % 4 >= 2 ? 1 : 0);
      (codes[i] < 0 ? negative : positive)[group] += std::abs(codes[i]);
    }
    for (const int sum : positive) CHECK(sum <= 258);
    for (const int sum : negative) CHECK(sum <= 258);
  }
}

TEST_CASE("a row of zeros gets scale 0 and zeros", "[model]") {
  const CompensatedRounding rounding(std::vector<double>(16 * 16, 0.0), 16);
  const std::vector<float> row(16, 0.0F);
  std::vector<std::int8_t> codes(16, 1);
  CHECK(rounding.best_scale(row, 127) == 0.0F);
  rounding.round_row(row, 0.0, 127, codes);
  CHECK(codes == std::vector<std::int8_t>(16, 0));
}

}  // namespace mayfly::model
