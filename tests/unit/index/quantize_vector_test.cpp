// SPDX-License-Identifier: Apache-2.0
#include "index/quantize_vector.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using mayfly::index::quantize_vector;

namespace {

template <typename Integer>
void check_within_half_a_scale(const std::vector<float>& vector, int levels) {
  std::vector<Integer> out(vector.size());
  const double scale = quantize_vector(vector, std::span<Integer>(out));
  for (std::size_t i = 0; i < vector.size(); ++i) {
    REQUIRE(std::abs(int{out[i]}) <= levels);
    // 1.001: scale and quotient are themselves rounded to f32, 4,095 * 2^-23 of a step at most.
    REQUIRE(std::fabs(double{vector[i]} - scale * out[i]) <= scale / 2 * 1.001);
  }
}

}  // namespace

TEST_CASE("a quantized value is within half a step of the original", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  for (int round = 0; round < 200; ++round) {
    std::vector<float> vector(1 + random() % 400);
    const float magnitude = std::pow(10.0F, static_cast<float>(random() % 30) - 15.0F);
    for (float& value : vector) value = normal(random) * magnitude;
    check_within_half_a_scale<std::int8_t>(vector, mayfly::index::kRowLevels);
    check_within_half_a_scale<std::int16_t>(vector, mayfly::index::kQueryLevels);
  }
}

TEST_CASE("the largest magnitude becomes the largest level", "[index]") {
  const std::vector<float> vector{0.125F, -0.5F, 0.0F};
  std::vector<std::int8_t> row(3);
  CHECK(quantize_vector(vector, std::span<std::int8_t>(row)) == 0.5F / 127.0F);
  CHECK(row == std::vector<std::int8_t>{32, -127, 0});  // 31.75
  std::vector<std::int16_t> query(3);
  CHECK(quantize_vector(vector, std::span<std::int16_t>(query)) == 0.5F / 4095.0F);
  CHECK(query == std::vector<std::int16_t>{1024, -4095, 0});
}

TEST_CASE("a zero vector and one of denormals quantize without a division by zero", "[index]") {
  std::vector<std::int8_t> out{9, 9};
  CHECK(quantize_vector(std::vector<float>{0.0F, -0.0F}, std::span<std::int8_t>(out)) == 0.0F);
  CHECK(out == std::vector<std::int8_t>{0, 0});
  const float tiny = std::numeric_limits<float>::denorm_min();
  CHECK(quantize_vector(std::vector<float>{tiny, -tiny}, std::span<std::int8_t>(out)) == 0.0F);
  CHECK(out == std::vector<std::int8_t>{0, 0});
}
