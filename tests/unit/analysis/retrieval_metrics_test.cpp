// SPDX-License-Identifier: Apache-2.0
#include "analysis/retrieval_metrics.h"

#include <catch2/catch.hpp>
#include <vector>

using mayfly::analysis::Judgements;
using mayfly::analysis::ndcg_at;
using mayfly::analysis::recall_at;
using mayfly::analysis::reciprocal_rank_at;

using Ranking = std::vector<std::string>;

TEST_CASE("nDCG of a published example with graded judgements", "[analysis]") {
  // https://en.wikipedia.org/wiki/Discounted_cumulative_gain: gains 3 2 3 0 1 2 in the order found,
  // one more document of gain 3 and one of gain 2 that were not: DCG 6.861, ideal 8.740.
  const Judgements relevant{{"d1", 3}, {"d2", 2}, {"d3", 3}, {"d5", 1},
                            {"d6", 2}, {"d7", 3}, {"d8", 2}};
  const Ranking ranking{"d1", "d2", "d3", "d4", "d5", "d6"};
  CHECK(ndcg_at(ranking, relevant, 6) == Approx(0.785002371969948).epsilon(1e-12));
}

TEST_CASE("nDCG of binary judgements, by hand", "[analysis]") {
  const Judgements relevant{{"a", 1}, {"b", 1}};
  CHECK(ndcg_at(Ranking{"a", "b", "x"}, relevant, 10) == Approx(1.0));
  // 1 / log2(3) and 1 / log2(4) over 1 + 1 / log2(3)
  CHECK(ndcg_at(Ranking{"x", "b", "a"}, relevant, 10) == Approx(0.693426403617236).epsilon(1e-12));
  CHECK(ndcg_at(Ranking{"x", "b", "a"}, relevant, 2) == Approx(0.386852807234542).epsilon(1e-12));
  CHECK(ndcg_at(Ranking{"x", "b", "a"}, relevant, 1) == 0.0);
  // With room for one document only, the ideal has one too.
  CHECK(ndcg_at(Ranking{"b", "a"}, relevant, 1) == Approx(1.0));
}

TEST_CASE("recall counts relevant documents among the first k, whatever their gain", "[analysis]") {
  const Judgements relevant{{"a", 1}, {"b", 2}, {"c", 1}, {"missing", 3}};
  const Ranking ranking{"a", "x", "b", "y", "c"};
  CHECK(recall_at(ranking, relevant, 1) == 0.25);
  CHECK(recall_at(ranking, relevant, 2) == 0.25);
  CHECK(recall_at(ranking, relevant, 3) == 0.5);
  CHECK(recall_at(ranking, relevant, 100) == 0.75);
}

TEST_CASE("the reciprocal rank is that of the first relevant document within k", "[analysis]") {
  const Judgements relevant{{"b", 1}, {"c", 1}};
  const Ranking ranking{"x", "y", "b", "c"};
  CHECK(reciprocal_rank_at(ranking, relevant, 10) == Approx(1.0 / 3.0));
  CHECK(reciprocal_rank_at(ranking, relevant, 3) == Approx(1.0 / 3.0));
  CHECK(reciprocal_rank_at(ranking, relevant, 2) == 0.0);
}

TEST_CASE("an empty ranking and a query without judgements score 0", "[analysis]") {
  const Judgements relevant{{"a", 1}};
  CHECK(ndcg_at({}, relevant, 10) == 0.0);
  CHECK(recall_at({}, relevant, 10) == 0.0);
  CHECK(reciprocal_rank_at({}, relevant, 10) == 0.0);
  CHECK(ndcg_at(Ranking{"a"}, {}, 10) == 0.0);
  CHECK(recall_at(Ranking{"a"}, {}, 10) == 0.0);
  CHECK(reciprocal_rank_at(Ranking{"a"}, {}, 10) == 0.0);
}
