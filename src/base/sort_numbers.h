// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/function_ref.h"

namespace mayfly {

using NumberOrder = FunctionRef<bool(std::uint32_t a, std::uint32_t b)>;

// Sorts so that no number precedes the one in front of it; equal ones keep their order. precedes(a,
// b) is a strict weak order. Takes O(n log n) calls and memory for n more numbers.
//
// The one sort of what is numbered (rows, terms, places in a list): each instance of std::sort is 1
// to 2 KB of code that visitors download. Not for inner loops, as every comparison is a call.
void sort_numbers(std::span<std::uint32_t> numbers, NumberOrder precedes);

// The same by their size.
void sort_ascending(std::span<std::uint32_t> numbers);

// 0..count-1 (at most 2^32 - 1 of them), sorted: the order of the things that they number.
std::vector<std::uint32_t> sorted_order(std::size_t count, NumberOrder precedes);

// The first `limit` of that order.
std::vector<std::uint32_t> first_in_order(std::size_t count, std::size_t limit,
                                          NumberOrder precedes);

// The things in the order that the numbers say; each number once.
template <typename Thing>
std::vector<Thing> rearranged(std::vector<Thing>&& things, std::span<const std::uint32_t> order) {
  std::vector<Thing> result;
  result.reserve(order.size());
  for (const std::uint32_t place : order) result.push_back(std::move(things[place]));
  return result;
}

}  // namespace mayfly
