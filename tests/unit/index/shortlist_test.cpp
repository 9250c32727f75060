// SPDX-License-Identifier: Apache-2.0
#include "index/shortlist.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>

#include "index/random_numbers.h"
#include "index/truncate_vector.h"

namespace mayfly::index {

TEST_CASE("a shortlist is the head of a stable sort", "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 300; ++round) {
    std::vector<float> scores(random() % 60);
    for (float& score : scores) score = static_cast<float>(random() % 12);  // many equal ones
    std::vector<std::uint32_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return scores[a] > scores[b]; });
    const std::size_t wanted = random() % 70;
    order.resize(std::min(wanted, order.size()));
    std::sort(order.begin(), order.end());
    REQUIRE(best_places(scores, wanted) == order);
  }
}

TEST_CASE("a random sample has no number twice and is the same for the same seed", "[index]") {
  std::uint64_t a = 5, b = 5;
  const auto first = random_sample(1000, 300, a);
  CHECK(first == random_sample(1000, 300, b));
  CHECK(first != random_sample(1000, 300, b));
  auto sorted = first;
  std::sort(sorted.begin(), sorted.end());
  CHECK(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
  CHECK(sorted.back() < 1000);
  CHECK(random_sample(7, 300, a).size() == 7);
}

TEST_CASE("a truncated vector has unit length and the direction of its beginning", "[index]") {
  const float vector[] = {3.0F, 4.0F, 100.0F};
  float two[2];
  truncate_vector(vector, two);
  CHECK(two[0] == Approx(0.6F));
  CHECK(two[1] == Approx(0.8F));
  const float zeros[] = {0.0F, 0.0F, 1.0F};
  truncate_vector(zeros, two);
  CHECK(two[0] == 0.0F);
  CHECK(two[1] == 0.0F);
}

}  // namespace mayfly::index
