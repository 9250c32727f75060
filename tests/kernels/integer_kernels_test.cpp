// SPDX-License-Identifier: Apache-2.0
// The oracle of every integer kernel is the definition, evaluated in 64-bit arithmetic here.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "kernels/kernels.h"
#include "kernels/random_values.h"

namespace mayfly::kernels {
namespace {

constexpr std::uint32_t kSeed = 20261123;
constexpr int kCases = 10'000;

// Activations as a variant keeps them, one or two bytes each, and back.
std::vector<std::uint8_t> stored_as(const Kernels& kernels, const std::vector<std::uint8_t>& q) {
  std::vector<std::uint8_t> stored(q.size() * kernels.activation_bytes, 0);
  for (std::size_t i = 0; i < q.size(); ++i) stored[i * kernels.activation_bytes] = q[i];
  return stored;
}

std::vector<std::uint8_t> quantize(const Kernels& kernels, const std::vector<float>& x,
                                   const float* channel_scale, std::size_t k,
                                   std::vector<RowScale>& rows) {
  std::vector<std::uint8_t> stored(x.size() * kernels.activation_bytes, 255), q(x.size());
  rows.resize(x.size() / k);
  kernels.quantize_rows(x.data(), channel_scale, rows.size(), k, stored.data(), rows.data());
  for (std::size_t i = 0; i < q.size(); ++i) q[i] = stored[i * kernels.activation_bytes];
  if (stored_as(kernels, q) != stored) FAIL(kernels.variant << " writes more than 0..127");
  return q;
}

struct Product {
  std::size_t m, n, k;
  std::vector<std::uint8_t> q;  // [m, k]
  std::vector<std::int8_t> w;   // [n, k]
  std::vector<RowScale> rows;
  std::vector<float> column_scale, column_sum, bias;

  explicit Product(testing::RandomValues& random)
      : m(random.between(1, 9)),
        n(8 * random.between(1, 4)),
        k(8 * random.between(1, 32)),
        q(random.integers<std::uint8_t>(m * k, 0, 127)),
        w(random.integers<std::int8_t>(n * k, -128, 127)),
        column_scale(random.floats(n, 1e-4F, 1e-2F)),
        column_sum(random.floats(n, -5.0F, 5.0F)),
        bias(random.floats(n, -1.0F, 1.0F)) {
    for (const float scale : random.floats(m, 1e-3F, 1.0F)) rows.push_back({scale, -2.0F * scale});
  }

  std::vector<float> by(const Kernels& kernels) const {
    std::vector<std::int8_t> packed(n * k);
    kernels.pack_weights(w.data(), n, k, packed.data());
    std::vector<float> out(m * n, NAN);
    const std::vector<std::uint8_t> stored = stored_as(kernels, q);
    kernels.gemm_u7s8({stored.data(), rows.data(), packed.data(), column_scale.data(),
                       column_sum.data(), bias.data(), out.data(), m, n, k, n});
    return out;
  }

  std::vector<float> by_definition() const {
    std::vector<float> out;
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        std::int64_t sum = 0;
        for (std::size_t p = 0; p < k; ++p) sum += std::int64_t{q[i * k + p]} * w[j * k + p];
        out.push_back(static_cast<float>(sum) * (rows[i].scale * column_scale[j]) +
                      (rows[i].min * column_sum[j] + bias[j]));
      }
    }
    return out;
  }
};

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace

TEST_CASE("gemm_u7s8 of every variant equals its definition bit for bit", "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < kCases; ++round) {
    const Product product(random);
    const std::vector<float> expected = product.by_definition();
    for (const Kernels& kernels : variants()) {
      if (same_bits(product.by(kernels), expected)) continue;
      FAIL(kernels.variant << " differs in case " << round << ", m n k = " << product.m << ' '
                           << product.n << ' ' << product.k);
    }
  }
}

TEST_CASE("gemm_u7s8 does not overflow at the extremes of the feed-forward size", "[kernels]") {
  testing::RandomValues random(1);
  Product product(random);
  product.k = 16384;
  product.q.assign(product.m * product.k, 127);
  product.w.assign(product.n * product.k, -128);
  for (const Kernels& kernels : variants()) {
    CHECK(same_bits(product.by(kernels), product.by_definition()));
  }
}

TEST_CASE("dot_s16s8 of every variant equals its definition at every alignment", "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < kCases; ++round) {
    const std::size_t n = 8 * random.between(0, 64);
    const std::size_t offset = random.between(0, 15);
    const auto a = random.integers<std::int16_t>(n + offset, -4095, 4095);
    const auto b = random.integers<std::int8_t>(n + offset, -128, 127);
    std::int64_t expected = 0;
    for (std::size_t i = offset; i < n + offset; ++i) expected += std::int64_t{a[i]} * b[i];
    for (const Kernels& kernels : variants()) {
      if (kernels.dot_s16s8(a.data() + offset, b.data() + offset, n) == expected) continue;
      FAIL(kernels.variant << " differs in case " << round << ", n = " << n);
    }
  }
}

TEST_CASE("quantize_rows of every variant gives the same bits and stays within half a step",
          "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < kCases; ++round) {
    const std::size_t m = random.between(1, 5), k = 8 * random.between(1, 32);
    const auto x = random.floats(m * k, -8.0F, 3.0F);
    const auto scale = random.floats(k, 0.05F, 4.0F);
    const float* channel_scale = round % 2 == 0 ? scale.data() : nullptr;
    std::vector<RowScale> expected_rows, rows;
    const auto expected = quantize(variants().front(), x, channel_scale, k, expected_rows);
    for (std::size_t i = 0; i < m * k; ++i) {
      const RowScale row = expected_rows[i / k];
      const float value = channel_scale != nullptr ? x[i] * scale[i % k] : x[i];
      if (std::fabs(row.min + row.scale * expected[i] - value) > row.scale * 0.501F) {
        FAIL("scalar is more than half a step off in case " << round);
      }
    }
    for (const Kernels& kernels : variants().subspan(1)) {
      const bool same = quantize(kernels, x, channel_scale, k, rows) == expected &&
                        std::memcmp(rows.data(), expected_rows.data(), m * sizeof(RowScale)) == 0;
      if (!same) FAIL(kernels.variant << " differs in case " << round);
    }
  }
}

TEST_CASE("a constant row quantizes to zeros and its value", "[kernels]") {
  std::vector<RowScale> rows;
  for (const Kernels& kernels : variants()) {
    const auto q = quantize(kernels, std::vector<float>(16, -3.25F), nullptr, 16, rows);
    CHECK(q == std::vector<std::uint8_t>(16, 0));
    CHECK(rows[0].scale == 0.0F);
    CHECK(rows[0].min == -3.25F);
  }
}

TEST_CASE("quantize_rows keeps 0..127 even for values that are not finite", "[kernels]") {
  std::vector<float> x(16, 1.0F);
  x[3] = NAN;
  x[5] = INFINITY;
  x[9] = -INFINITY;
  std::vector<RowScale> rows;
  for (const Kernels& kernels : variants()) {
    for (const std::uint8_t value : quantize(kernels, x, nullptr, 16, rows)) CHECK(value <= 127);
  }
}

}  // namespace mayfly::kernels
