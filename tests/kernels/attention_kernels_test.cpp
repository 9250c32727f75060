// SPDX-License-Identifier: Apache-2.0
// Every variant gives the scalar's integers, and the scalar is held to the definition in f64.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <functional>

#include "kernels/activation_layout.h"
#include "kernels/kernels.h"
#include "kernels/random_values.h"

namespace mayfly::kernels {
namespace {

constexpr std::uint32_t kSeed = 20261125;
constexpr int kCases = 10'000;

struct Matrix {
  std::vector<std::int8_t> values;  // [rows, k] as packed
  std::vector<float> scale, sum;
};

// [rows, k] out of what a variant packed, by gemm_u7s8.h's definition of panels.
std::vector<std::int8_t> unpacked(const Kernels& kernels, const std::vector<std::int8_t>& packed,
                                  std::size_t rows, std::size_t k) {
  std::vector<std::int8_t> values(rows * k);
  for (std::size_t i = 0; i < rows * k; ++i) {
    values[i] = packed[testing::panel_index(kernels, k, i / k, i % k)];
  }
  return values;
}

Matrix keys_of(const Kernels& kernels, const std::vector<float>& x, std::size_t stride,
               std::size_t n, std::size_t k) {
  const std::size_t rows = padded_rows(n);
  std::vector<std::int8_t> packed(packed_bytes(n, k), 55);
  Matrix keys{{}, std::vector<float>(rows, NAN), std::vector<float>(rows, NAN)};
  kernels.quantize_keys(
      {x.data(), stride, n, k, packed.data(), keys.scale.data(), keys.sum.data()});
  keys.values = unpacked(kernels, packed, rows, k);
  return keys;
}

Matrix values_of(const Kernels& kernels, const std::vector<float>& x, std::size_t stride,
                 std::size_t n, std::size_t k) {
  std::vector<std::int8_t> packed(packed_bytes(n, k), 55);
  Matrix values{{}, std::vector<float>(n, NAN), {}};
  kernels.quantize_values({x.data(), stride, n, k, packed.data(), values.scale.data()});
  values.values = unpacked(kernels, packed, n, k);
  return values;
}

std::vector<std::int16_t> softmax_of(const Kernels& kernels, std::vector<float> x, std::size_t m,
                                     std::size_t n, std::vector<RowScale>& rows) {
  std::vector<std::int16_t> stored(activation_count(m, n), -1), weights(m * n);
  kernels.softmax_u11({x.data(), m, n, padded_depth(n), stored.data(), rows.data()});
  for (std::size_t i = 0; i < m * n; ++i) {
    weights[i] = stored[testing::panel_index(kernels, n, i / n, i % n)];
  }
  return weights;
}

// Every value is within half a step of x, and every group keeps to the limit of sums of one sign.
void require_sound(const Matrix& matrix, std::size_t rows, std::size_t k, int limit,
                   const std::function<float(std::size_t, std::size_t)>& x) {
  for (std::size_t i = 0; i < rows; ++i) {
    int positive[2] = {0, 0}, negative[2] = {0, 0};
    for (std::size_t j = 0; j < k; ++j) {
      if (j % 16 == 0) positive[0] = positive[1] = negative[0] = negative[1] = 0;
      const int q = matrix.values[i * k + j];
      positive[j / 2 % 2] += std::max(q, 0);
      negative[j / 2 % 2] -= std::min(q, 0);
      const bool narrow = positive[j / 2 % 2] <= limit && negative[j / 2 % 2] <= limit;
      const bool near =
          std::fabs(static_cast<float>(q) * matrix.scale[i] - x(i, j)) <= 0.501F * matrix.scale[i];
      if (!narrow || !near) FAIL("row " << i << ", element " << j << " is " << q);
    }
  }
}

bool same(const Matrix& a, const Matrix& b) {
  const auto same_bits = [](const std::vector<float>& x, const std::vector<float>& y) {
    return x.size() == y.size() &&
           (x.empty() || std::memcmp(x.data(), y.data(), x.size() * sizeof(float)) == 0);
  };
  return a.values == b.values && same_bits(a.scale, b.scale) && same_bits(a.sum, b.sum);
}

}  // namespace

TEST_CASE("quantize_keys is within half a step, narrow, and the same in every variant",
          "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < kCases; ++round) {
    const std::size_t n = random.between(1, 19), k = 8 * random.between(1, 9);
    const std::size_t stride = k + random.between(0, 3);
    // Lopsided every other time, so that the groups' sums decide the scale.
    const auto x = random.floats(n * stride, round % 2 == 0 ? -3.0F : 1.0F, 4.0F);
    const Matrix expected = keys_of(variants().front(), x, stride, n, k);
    require_sound(expected, n, k, kNarrowSum,
                  [&](std::size_t i, std::size_t j) { return x[i * stride + j]; });
    for (std::size_t i = 0; i < padded_rows(n); ++i) {
      int sum = 0;
      for (std::size_t j = 0; j < k; ++j) sum += expected.values[i * k + j];
      REQUIRE(expected.sum[i] == expected.scale[i] * static_cast<float>(sum));
      if (i >= n) REQUIRE((sum == 0 && expected.scale[i] == 0.0F));
    }
    for (const Kernels& kernels : variants().subspan(1)) {
      if (same(keys_of(kernels, x, stride, n, k), expected)) continue;
      FAIL(kernels.variant << " differs in case " << round << ", n k = " << n << ' ' << k);
    }
  }
}

TEST_CASE("quantize_values is within half a step and the same in every variant", "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < kCases; ++round) {
    const std::size_t n = 4 * random.between(1, 9), k = random.between(1, 40);
    const std::size_t stride = n + random.between(0, 3);
    const auto x = random.floats(k * stride, round % 2 == 0 ? -3.0F : 1.0F, 4.0F);
    const Matrix expected = values_of(variants().front(), x, stride, n, k);
    require_sound(expected, n, k, 8 * 127,
                  [&](std::size_t i, std::size_t j) { return x[j * stride + i]; });
    for (const Kernels& kernels : variants().subspan(1)) {
      if (same(values_of(kernels, x, stride, n, k), expected)) continue;
      FAIL(kernels.variant << " differs in case " << round << ", n k = " << n << ' ' << k);
    }
  }
}

TEST_CASE("keys and values that are all zero, or almost, quantize to zeros", "[kernels]") {
  for (const float value : {0.0F, 1e-42F, -1e-38F}) {
    const std::vector<float> x(8 * 16, value);
    for (const Kernels& kernels : variants()) {
      CHECK(keys_of(kernels, x, 16, 8, 16).values == std::vector<std::int8_t>(8 * 16, 0));
      CHECK(values_of(kernels, x, 16, 16, 8).values == std::vector<std::int8_t>(16 * 8, 0));
    }
  }
}

TEST_CASE("softmax_u11 is within 0.72 of 2047 exp, and its rows add up to one", "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < kCases / 10; ++round) {
    const std::size_t n = random.between(1, 257), m = random.between(1, 6);
    const std::size_t stride = padded_depth(n);
    const auto x = random.floats(m * stride, -9.0F, 9.0F);
    std::vector<std::int16_t> expected;
    for (const Kernels& kernels : variants()) {
      std::vector<RowScale> rows(m);
      const auto weights = softmax_of(kernels, x, m, n, rows);
      if (kernels.variant == "scalar") expected = weights;
      if (weights != expected) FAIL(kernels.variant << " differs in case " << round);
      for (std::size_t i = 0; i < m; ++i) {
        const float* row = x.data() + i * stride;
        const double highest = *std::max_element(row, row + n);
        int sum = 0;
        for (std::size_t j = 0; j < n; ++j) {
          sum += weights[i * n + j];
          const double exact = 2047.0 * std::exp(row[j] - highest);
          if (std::fabs(weights[i * n + j] - exact) > 0.72) FAIL("element " << j << " of " << n);
        }
        REQUIRE((rows[i].scale == 1.0F / static_cast<float>(sum) && rows[i].min == 0.0F));
      }
    }
  }
}

TEST_CASE("softmax_u11 of scores that are hugely apart is one-hot", "[kernels]") {
  std::vector<float> x(16, -100.0F);
  x[1] = 3e38F;
  x[2] = -3e38F;
  for (const Kernels& kernels : variants()) {
    std::vector<RowScale> rows(1);
    CHECK(softmax_of(kernels, x, 1, 5, rows) == std::vector<std::int16_t>{0, 2047, 0, 0, 0});
    CHECK(rows[0].scale == 1.0F / 2047.0F);
  }
}

TEST_CASE("gemm_s16s8 of every variant equals its definition bit for bit", "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < kCases; ++round) {
    const std::size_t m = random.between(1, 9), n = 4 * random.between(1, 6);
    const std::size_t k = round == 0 ? 8192 : random.between(1, 257);
    auto q = random.integers<std::int16_t>(m * k, 0, 2047);
    auto w = random.integers<std::int8_t>(n * k, -127, 127);
    if (round == 0) {  // as large as the contract allows
      std::fill(q.begin(), q.end(), 2047);
      std::fill(w.begin(), w.end(), -127);
    }
    const std::vector<RowScale> rows(m, RowScale{1.0F / 3.0F, 0.0F});
    const auto scale = random.floats(n, 1e-4F, 1e-2F);
    const std::vector<float> zeros(n, 0.0F);
    for (const Kernels& kernels : variants()) {
      std::vector<std::int8_t> packed(packed_bytes(n, k));
      kernels.pack_weights(w.data(), n, k, packed.data());
      std::vector<std::int16_t> stored(activation_count(m, k), 0);
      for (std::size_t i = 0; i < m * k; ++i) {
        stored[testing::panel_index(kernels, k, i / k, i % k)] = q[i];
      }
      std::vector<float> out(m * n, NAN);
      kernels.gemm_s16s8({stored.data(), rows.data(), packed.data(), scale.data(), zeros.data(),
                          zeros.data(), out.data(), m, n, k, n});
      for (std::size_t i = 0; i < m * n; ++i) {
        std::int64_t sum = 0;
        for (std::size_t p = 0; p < k; ++p)
          sum += std::int64_t{q[i / n * k + p]} * w[i % n * k + p];
        const float expected = static_cast<float>(sum) * (rows[0].scale * scale[i % n]);
        if (out[i] != expected) FAIL(kernels.variant << " differs in case " << round);
      }
    }
  }
}

TEST_CASE("gelu_quantize_rows is within 6e-4 of x Phi(x), then quantizes like quantize_rows",
          "[kernels]") {
  constexpr std::size_t kWidth = 400, kHeight = 800;
  std::vector<float> x;
  for (std::size_t i = 0; i < kWidth * kHeight; ++i) {
    x.push_back(static_cast<float>(i) / 20'000.0F - 8.0F);
  }
  std::vector<float> expected;
  for (const Kernels& kernels : variants()) {
    std::vector<float> y = x;
    auto stored = testing::unwritten_activations(kernels, kHeight, kWidth);
    std::vector<RowScale> rows(kHeight), again(kHeight);
    kernels.gelu_quantize_rows({y.data(), kHeight, kWidth, stored.data(), rows.data()});
    auto quantized = testing::unwritten_activations(kernels, kHeight, kWidth);
    kernels.quantize_rows(
        {y.data(), kWidth, nullptr, kHeight, kWidth, quantized.data(), again.data()});
    CHECK(stored == quantized);
    CHECK(std::memcmp(rows.data(), again.data(), kHeight * sizeof(RowScale)) == 0);
    if (kernels.variant == "scalar") expected = y;
    CHECK(std::memcmp(y.data(), expected.data(), y.size() * sizeof(float)) == 0);
  }
  double worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double exact = 0.5 * double{x[i]} * std::erfc(-double{x[i]} / std::sqrt(2.0));
    worst = std::max(worst, std::fabs(expected[i] - exact));
  }
  CHECK(worst < 6e-4);
}

}  // namespace mayfly::kernels
