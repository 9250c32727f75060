// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <catch2/catch.hpp>
#include <cstdint>
#include <random>
#include <vector>

namespace mayfly::testing {

// Random operands of the kernels; prints its seed when a test that uses it fails.
class RandomValues {
 public:
  explicit RandomValues(std::uint32_t seed) : engine_(seed) {}

  std::size_t between(std::size_t low, std::size_t high) {
    return low + engine_() % (high - low + 1);
  }

  // Integers of [low, high], one in eight an extreme.
  template <typename T>
  std::vector<T> integers(std::size_t count, int low, int high) {
    std::vector<T> values(count);
    for (T& value : values) {
      const auto draw = static_cast<std::uint32_t>(engine_());
      const int drawn = low + static_cast<int>(engine_() % static_cast<unsigned>(high - low + 1));
      value = static_cast<T>(draw % 16 == 0 ? low : draw % 16 == 1 ? high : drawn);
    }
    return values;
  }

  std::vector<float> floats(std::size_t count, float low, float high) {
    std::vector<float> values(count);
    const float step = (high - low) / 4294967296.0F;
    for (float& value : values) value = low + step * static_cast<float>(engine_());
    return values;
  }

 private:
  std::mt19937 engine_;
};

}  // namespace mayfly::testing
