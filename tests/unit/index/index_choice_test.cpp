// SPDX-License-Identifier: Apache-2.0
#include "index/index_choice.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace mayfly::index {
namespace {

IndexKind choice(std::size_t rows, std::size_t queries, Metric metric = Metric::kUnitCosine) {
  return choose_index({rows, 384, queries, metric});
}

}  // namespace

TEST_CASE("a visit of some queries over a site of some pages is searched exactly", "[index]") {
  CHECK(choice(0, 0) == IndexKind::kFlat);
  CHECK(choice(100, 1000) == IndexKind::kFlat);
  CHECK(choice(3000, 20) == IndexKind::kFlat);
  CHECK(choice(100'000, 1) == IndexKind::kFlat);
}

TEST_CASE("a graph is built only where its queries pay for it", "[index]") {
  CHECK(choice(100'000, 100) != IndexKind::kHnsw);
  CHECK(choice(100'000, 1'000'000) == IndexKind::kHnsw);
  // More queries never lead from a kind that is built slowly back to one that is built fast.
  for (const std::size_t rows : {5'000U, 50'000U, 200'000U}) {
    double before = 0;
    for (std::size_t queries = 1; queries < 10'000'000; queries *= 3) {
      const IndexKind kind = choice(rows, queries);
      for (const IndexCost& cost : index_costs()) {
        if (cost.kind != kind) continue;
        const double build = expected_ms(cost, {rows, 384, 0});
        REQUIRE(build >= before);
        before = build;
      }
    }
  }
}

TEST_CASE("signs are not chosen for distances", "[index]") {
  for (std::size_t queries = 1; queries < 10'000'000; queries *= 3) {
    CHECK(choice(50'000, queries, Metric::kEuclidean) != IndexKind::kBinary);
    CHECK(choice(50'000, queries, Metric::kDot) != IndexKind::kBinary);
  }
}

TEST_CASE("no other kind is expected to save more than the unnoticed 50 ms", "[index]") {
  for (std::size_t rows = 10; rows < 1'000'000; rows *= 7) {
    for (std::size_t queries = 1; queries < 1'000'000; queries *= 7) {
      const Workload workload{rows, 384, queries};
      const IndexKind kind = choose_index(workload);
      double least = 1e300, chosen = 0;
      for (const IndexCost& cost : index_costs()) {
        const double ms = expected_ms(cost, workload);
        least = std::min(least, ms);
        if (cost.kind == kind) chosen = ms;
      }
      REQUIRE(chosen <= least + 50.0);
      if (kind != IndexKind::kFlat) REQUIRE(chosen == least);
    }
  }
}

}  // namespace mayfly::index
