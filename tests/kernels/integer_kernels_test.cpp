// SPDX-License-Identifier: Apache-2.0
// The oracle of every integer kernel is the definition, evaluated in 64-bit arithmetic here.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "kernels/activation_layout.h"
#include "kernels/kernels.h"
#include "kernels/random_values.h"

namespace mayfly::kernels {
namespace {

constexpr std::uint32_t kSeed = 20261123;
constexpr int kCases = 10'000;

// What quantize_rows of a variant writes, back in rows. Fails where a written element is anything
// but 0..127 or where padding along k is not zero.
std::vector<std::uint8_t> quantize(const Kernels& kernels, const std::vector<float>& x,
                                   const float* channel_scale, std::size_t k,
                                   std::vector<RowScale>& rows) {
  const std::size_t m = x.size() / k;
  std::vector<std::uint8_t> stored = testing::unwritten_activations(kernels, m, k);
  rows.resize(m);
  kernels.quantize_rows({x.data(), k, channel_scale, m, k, stored.data(), rows.data()});
  std::vector<std::uint8_t> q = testing::load_activations(kernels, stored, m, k);
  const auto expected = testing::store_activations(kernels, q, m, k);
  for (std::size_t i = 0; i < m && kernels.variant != "scalar"; ++i) {
    for (std::size_t byte = 0; byte < padded_depth(k) * kernels.activation_bytes; ++byte) {
      const std::size_t at = testing::activation_byte(kernels, k, i, 0) +
                             byte / (4 * kernels.activation_bytes) * 16 * kernels.activation_bytes +
                             byte % (4 * kernels.activation_bytes);
      if (stored[at] != expected[at]) FAIL(kernels.variant << " leaves padding unwritten");
    }
  }
  return q;
}

struct Product {
  std::size_t m, n, k;
  std::vector<std::uint8_t> q;  // [m, k]
  std::vector<std::int8_t> w;   // [n, k]
  std::vector<RowScale> rows;
  std::vector<float> column_scale, column_sum, bias;

  // Weights of at most `largest`: 127 makes wide panels, 32 narrow ones (8 * 32 <= 258).
  explicit Product(testing::RandomValues& random, int largest)
      : m(random.between(1, 9)),
        n(4 * random.between(1, 6)),
        k(random.between(1, 257)),
        q(random.integers<std::uint8_t>(m * k, 0, 127)),
        w(random.integers<std::int8_t>(n * k, -largest - (largest == 127 ? 1 : 0), largest)),
        column_scale(random.floats(n, 1e-4F, 1e-2F)),
        column_sum(random.floats(n, -5.0F, 5.0F)),
        bias(random.floats(n, -1.0F, 1.0F)) {
    for (const float scale : random.floats(m, 1e-3F, 1.0F)) rows.push_back({scale, -2.0F * scale});
  }

  std::vector<float> by(const Kernels& kernels) const {
    std::vector<std::int8_t> packed(packed_bytes(n, k));
    kernels.pack_weights(w.data(), n, k, packed.data());
    std::vector<float> out(m * n, NAN);
    const std::vector<std::uint8_t> stored = testing::store_activations(kernels, q, m, k);
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
    const Product product(random, round % 2 == 0 ? 127 : 32);
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
  Product product(random, 127);
  product.k = 16384;
  product.q.assign(product.m * product.k, 127);
  for (const int extreme : {-128, 127}) {
    product.w.assign(product.n * product.k, static_cast<std::int8_t>(extreme));
    for (const Kernels& kernels : variants()) {
      CHECK(same_bits(product.by(kernels), product.by_definition()));
    }
  }
}

// The largest sums that a narrow panel may have, of one sign in each group of eight, and one more,
// which must make it wide: adding that up in int16 would wrap.
TEST_CASE("gemm_u7s8 is exact on both sides of the limit of narrow panels", "[kernels]") {
  testing::RandomValues random(1);
  for (const int sign : {1, -1}) {
    for (const int excess : {0, 1}) {
      Product product(random, 127);
      product.k = 64;
      product.q.assign(product.m * product.k, 127);
      product.w.assign(product.n * product.k, 0);
      for (std::size_t i = 0; i < product.w.size(); i += 16) {
        // 127 + 127 + 4 = 258 in the group of the elements 0, 1, 4, 5, 8, 9, 12, 13 of a block.
        product.w[i + 1] = static_cast<std::int8_t>(127 * sign);
        product.w[i + 8] = static_cast<std::int8_t>(127 * sign);
        product.w[i + 13] = static_cast<std::int8_t>((4 + excess) * sign);
      }
      for (const Kernels& kernels : variants()) {
        CHECK(same_bits(product.by(kernels), product.by_definition()));
        if (kernels.variant == "scalar") continue;
        std::vector<std::int8_t> packed(packed_bytes(product.n, product.k));
        kernels.pack_weights(product.w.data(), product.n, product.k, packed.data());
        CHECK(packed.back() == 1 - excess);
      }
    }
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

TEST_CASE("dot_rows_u7s8 of every variant equals its definition for any number of rows",
          "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < kCases; ++round) {
    const std::size_t n = 16 * random.between(1, 33), count = random.between(0, 11);
    const std::size_t offset = random.between(0, 15);
    const auto a = random.integers<std::uint8_t>(n + offset, 0, 127);
    const auto b = random.integers<std::int8_t>(count * n + offset, -128, 127);
    std::vector<const std::int8_t*> rows;
    std::vector<std::int32_t> expected(count + 1, -7), out;  // the last one must stay as it is
    for (std::size_t j = 0; j < count; ++j) {
      rows.push_back(b.data() + offset + (count - 1 - j) * n);
      expected[j] = 0;
      for (std::size_t i = 0; i < n; ++i) expected[j] += a[offset + i] * rows[j][i];
    }
    for (const Kernels& kernels : variants()) {
      out.assign(count + 1, -7);
      kernels.dot_rows_u7s8({a.data() + offset, rows.data(), count, n, out.data()});
      if (out == expected) continue;
      FAIL(kernels.variant << " differs in case " << round << ", n = " << n);
    }
  }
}

TEST_CASE("dot_rows_u7s8 does not saturate at the extremes of the longest vectors", "[kernels]") {
  for (const int extreme : {-128, 127}) {
    const std::vector<std::uint8_t> a(4096, 127);
    const std::vector<std::int8_t> row(4096, static_cast<std::int8_t>(extreme));
    const std::vector<const std::int8_t*> rows(5, row.data());
    for (const Kernels& kernels : variants()) {
      std::vector<std::int32_t> out(5);
      kernels.dot_rows_u7s8({a.data(), rows.data(), 5, 4096, out.data()});
      CHECK(out == std::vector<std::int32_t>(5, 4096 * 127 * extreme));
    }
  }
}

TEST_CASE("quantize_rows of every variant gives the same bits and stays within half a step",
          "[kernels]") {
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  for (int round = 0; round < kCases; ++round) {
    const std::size_t m = random.between(1, 9), k = 8 * random.between(1, 32);
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
