// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mayfly::index {

// splitmix64 (Steele, Lea and Flood 2014): the same numbers on every machine.
inline std::uint64_t next_random(std::uint64_t& state) {
  std::uint64_t z = state += 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

// min(wanted, count) different numbers below `count`, in random order.
inline std::vector<std::uint32_t> random_sample(std::size_t count, std::size_t wanted,
                                                std::uint64_t& state) {
  std::vector<std::uint32_t> numbers(count);
  for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<std::uint32_t>(i);
  wanted = std::min(wanted, count);
  for (std::size_t i = 0; i < wanted; ++i) {
    const auto other = static_cast<std::size_t>(next_random(state) % (count - i));
    std::swap(numbers[i], numbers[i + other]);
  }
  numbers.resize(wanted);
  return numbers;
}

}  // namespace mayfly::index
