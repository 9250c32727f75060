// SPDX-License-Identifier: Apache-2.0
#include "model/quantize_int8.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "kernels/random_values.h"

namespace mayfly::model {

TEST_CASE("int8 rows stay within half a step of their values and use the full range", "[model]") {
  testing::RandomValues random(3);
  const auto matrix = random.floats(20 * 33, -2.0F, 5.0F);
  const Int8Matrix q = quantize_int8_rows(matrix, 20, 33);
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    const float scale = q.scales[i / 33];
    REQUIRE(std::fabs(scale * q.values[i] - matrix[i]) <= 0.501F * scale);
  }
  for (std::size_t row = 0; row < 20; ++row) {
    const auto begin = q.values.begin() + static_cast<std::ptrdiff_t>(row * 33);
    CHECK(*std::max_element(begin, begin + 33) == 127);
  }
}

TEST_CASE("rows of zeros and of tiny values get scale 0 and no infinities", "[model]") {
  const std::vector<float> matrix{0.0F, 0.0F, 1e-38F, -1e-40F};
  const Int8Matrix q = quantize_int8_rows(matrix, 2, 2);
  CHECK(q.scales == std::vector<float>{0.0F, 0.0F});
  CHECK(q.values == std::vector<std::int8_t>(4, 0));
}

}  // namespace mayfly::model
