// SPDX-License-Identifier: Apache-2.0
#include "text/passages.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace mayfly::text {
namespace {

// Sentences of so many tokens; a negative number ends its paragraph.
std::vector<std::pair<std::size_t, std::size_t>> joined(const std::vector<int>& sizes,
                                                        const PassageLimits& limits) {
  std::vector<Sentence> sentences;
  std::vector<std::uint32_t> tokens;
  for (const int size : sizes) {
    sentences.push_back({0, 1, size < 0});
    tokens.push_back(static_cast<std::uint32_t>(size < 0 ? -size : size));
  }
  std::vector<std::pair<std::size_t, std::size_t>> result;
  for (const PassageRange& range : join_sentences(sentences, tokens, limits)) {
    result.emplace_back(range.first_sentence, range.sentence_count);
  }
  return result;
}

using Ranges = std::vector<std::pair<std::size_t, std::size_t>>;

TEST_CASE("sentences fill a passage up to the budget", "[text]") {
  CHECK(joined({40, 40, 40, 40, 40, 40}, {100, 0}) == Ranges{{0, 2}, {2, 2}, {4, 2}});
  CHECK(joined({}, {100, 0}).empty());
}

TEST_CASE("a sentence longer than the budget is a passage of its own", "[text]") {
  CHECK(joined({10, 300, 50, 60}, {100, 0}) == Ranges{{0, 1}, {1, 1}, {2, 2}});
}

TEST_CASE("a passage that is half full ends with its paragraph", "[text]") {
  CHECK(joined({30, -30, 20, 60, 40}, {100, 0}) == Ranges{{0, 2}, {2, 3}});
  // A short paragraph goes on.
  CHECK(joined({-20, 30, 20, 60, 40}, {100, 0}) == Ranges{{0, 3}, {3, 2}});
}

TEST_CASE("a small rest joins the passage before it", "[text]") {
  CHECK(joined({60, 40, 20}, {100, 0}) == Ranges{{0, 3}});
  CHECK(joined({60, 40, 30}, {100, 0}) == Ranges{{0, 2}, {2, 1}});
}

TEST_CASE("an overlap repeats the last sentences of the passage before", "[text]") {
  CHECK(joined({40, 40, 20, 40, 40, 20, 50}, {100, 20}) == Ranges{{0, 3}, {2, 3}, {5, 2}});
}

TEST_CASE("without an overlap nothing is repeated, sentences of no tokens neither", "[text]") {
  CHECK(joined({60, 0, 60, 0}, {60, 0}) == Ranges{{0, 2}, {2, 2}});
}

TEST_CASE("whatever the sizes, passages cover all sentences in order and make progress", "[text]") {
  const std::uint32_t seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 2000; ++round) {
    std::vector<int> sizes(random() % 40);
    for (int& size : sizes) {
      size = static_cast<int>(random() % 60) * (random() % 4 == 0 ? -1 : 1);
    }
    const PassageLimits limits{1 + random() % 100, random() % 120};
    std::size_t end = 0;
    for (const auto& [first, count] : joined(sizes, limits)) {
      REQUIRE(first <= end);
      REQUIRE(first + count > end);
      if (limits.overlap == 0) REQUIRE(first == end);
      end = first + count;
    }
    REQUIRE(end == sizes.size());
  }
}

}  // namespace
}  // namespace mayfly::text
