// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include <catch2/catch.hpp>

TEST_CASE("the monotonic clock never goes back", "[base]") {
  double before = mayfly::monotonic_ms();
  for (int i = 0; i < 1000; ++i) {
    const double now = mayfly::monotonic_ms();
    REQUIRE(now >= before);
    before = now;
  }
}
