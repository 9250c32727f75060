// SPDX-License-Identifier: Apache-2.0
#include "index/top_k.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using mayfly::index::TopK;

namespace {

std::vector<std::size_t> rows_of(const std::vector<TopK::Entry>& entries) {
  std::vector<std::size_t> rows;
  for (const TopK::Entry& entry : entries) rows.push_back(entry.row);
  return rows;
}

}  // namespace

TEST_CASE("top k keeps the best entries, best first", "[index]") {
  TopK best(2);
  best.offer({0.1F, 0, 10});
  best.offer({0.9F, 1, 11});
  best.offer({-0.5F, 2, 12});
  best.offer({0.4F, 3, 13});
  CHECK(rows_of(best.take()) == std::vector<std::size_t>{11, 13});
  CHECK(best.take().empty());
}

TEST_CASE("top k returns everything when fewer than k came", "[index]") {
  TopK best(5);
  best.offer({0.1F, 0, 1});
  best.offer({0.2F, 1, 2});
  CHECK(rows_of(best.take()) == std::vector<std::size_t>{2, 1});
}

TEST_CASE("top k prefers the lower sequence number among equal scores, in any order of arrival",
          "[index]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  std::vector<TopK::Entry> stream;
  for (std::uint64_t i = 0; i < 300; ++i) {
    stream.push_back({static_cast<float>(random() % 7) / 7.0F, i, static_cast<std::size_t>(i)});
  }
  auto expected = stream;
  std::stable_sort(expected.begin(), expected.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  for (const std::size_t k : {1U, 2U, 7U, 100U, 299U, 300U, 301U}) {
    std::shuffle(stream.begin(), stream.end(), random);
    TopK best(k);
    for (const TopK::Entry& entry : stream) best.offer(entry);
    auto first_k = rows_of(expected);
    first_k.resize(std::min<std::size_t>(k, first_k.size()));
    CHECK(rows_of(best.take()) == first_k);
  }
}
