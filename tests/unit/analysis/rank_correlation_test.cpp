// SPDX-License-Identifier: Apache-2.0
#include "analysis/rank_correlation.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using mayfly::analysis::average_ranks;
using mayfly::analysis::spearman;
using List = std::vector<double>;

// Expected values: scipy 1.17.1, scipy.stats.rankdata and spearmanr.

TEST_CASE("equal values share the mean of their ranks", "[analysis]") {
  CHECK(average_ranks(List{1, 2, 2, 3, 5, 5, 5, 8.5, -1, 0}) ==
        List{3, 4.5, 4.5, 6, 8, 8, 8, 10, 1, 2});
  CHECK(average_ranks(List{7, 7, 7}) == List{2, 2, 2});
  CHECK(average_ranks(List{}).empty());
}

TEST_CASE("Spearman's correlation of a published example without ties", "[analysis]") {
  // https://en.wikipedia.org/wiki/Spearman%27s_rank_correlation_coefficient: -29/165
  const List intelligence{106, 100, 86, 101, 99, 103, 97, 113, 112, 110};
  const List television{7, 27, 2, 50, 28, 29, 20, 12, 6, 17};
  CHECK(spearman(intelligence, television) == Approx(-29.0 / 165.0).epsilon(1e-12));
}

TEST_CASE("Spearman's correlation with ties on both sides", "[analysis]") {
  CHECK(spearman(List{1, 2, 2, 3, 5, 5, 5, 8.5, -1, 0},
                 List{0.3, 0.1, 0.4, 0.4, 0.9, 0.2, 0.9, 0.8, -0.5, 0.1}) ==
        Approx(0.7702011922499276).epsilon(1e-12));
  CHECK(spearman(List{5, 4.2, 4.2, 3.8, 0, 0, 1.5, 2.25},
                 List{.91, .88, .67, .67, .01, -.05, .34, .5}) ==
        Approx(0.9757754965005869).epsilon(1e-12));
}

TEST_CASE("Spearman's correlation looks at the order only", "[analysis]") {
  CHECK(spearman(List{1, 2, 3}, List{10, 1000, 1e9}) == Approx(1.0));
  CHECK(spearman(List{1, 2, 3}, List{3, 0, -8}) == Approx(-1.0));
}

TEST_CASE("Spearman's correlation refuses lists for which it is undefined", "[analysis]") {
  CHECK_THROWS_AS(spearman(List{1, 2}, List{1, 2, 3}), mayfly::Error);
  CHECK_THROWS_AS(spearman(List{}, List{}), mayfly::Error);
  CHECK_THROWS_AS(spearman(List{1}, List{1}), mayfly::Error);
  CHECK_THROWS_AS(spearman(List{1, 2}, List{4, 4}), mayfly::Error);
}
