// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_rate.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"

namespace mayfly::kernels {

TEST_CASE("every variant's product has a rate", "[kernels]") {
  for (const Kernels& kernels : variants()) {
    INFO(kernels.variant);
    const double rate = kernel_rate(kernels, 16, 64, 64, 1.0);
    CHECK(std::isfinite(rate));
    CHECK(rate > 0.0);
  }
}

TEST_CASE("a product without rows or with a ragged shape is refused", "[kernels]") {
  CHECK_THROWS_AS(kernel_rate(active(), 0, 64, 64, 1.0), Error);
  CHECK_THROWS_AS(kernel_rate(active(), 16, 63, 64, 1.0), Error);
  CHECK_THROWS_AS(kernel_rate(active(), 16, 64, 12, 1.0), Error);
}

}  // namespace mayfly::kernels
