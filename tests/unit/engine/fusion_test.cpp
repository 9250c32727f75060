// SPDX-License-Identifier: Apache-2.0
#include "engine/fusion.h"

#include <catch2/catch.hpp>
#include <vector>

using mayfly::engine::fuse;
using mayfly::engine::FusionKind;

namespace {

using Scores = std::vector<float>;

void check_equal(const Scores& found, const Scores& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] == Approx(expected[i]));
}

}  // namespace

TEST_CASE("evidence adds weighted BM25 to the cosine", "[engine]") {
  check_equal(fuse(Scores{10, 0, 40}, Scores{0.5f, 0.7f, -0.1f}, {FusionKind::kEvidence, 0.01f}),
              {0.6f, 0.7f, 0.3f});
}

TEST_CASE("reciprocal ranks count only documents that have a word, and the earlier of equals first",
          "[engine]") {
  // Ranks by words: 2nd, none, 1st; by cosine: 2nd, 3rd (equal, later), 1st.
  check_equal(fuse(Scores{1, 0, 2}, Scores{0.5f, 0.5f, 0.9f}, {FusionKind::kReciprocalRank, 60}),
              {1 / 62.0f + 1 / 62.0f, 1 / 63.0f, 1 / 61.0f + 1 / 61.0f});
}

TEST_CASE("min-max maps both scores to 0..1 first", "[engine]") {
  check_equal(fuse(Scores{0, 5, 10}, Scores{0.2f, 0.6f, 0.4f}, {FusionKind::kMinMax, 0.7f}),
              {0.0f, 0.3f * 0.5f + 0.7f, 0.3f + 0.7f * 0.5f});
  // Equal scores say nothing.
  check_equal(fuse(Scores{0, 0}, Scores{0.2f, 0.4f}, {FusionKind::kMinMax, 0.5f}), {0.0f, 0.5f});
}

TEST_CASE("no documents have no scores", "[engine]") {
  for (const auto kind :
       {FusionKind::kEvidence, FusionKind::kReciprocalRank, FusionKind::kMinMax}) {
    CHECK(fuse({}, {}, {kind, 0.5f}).empty());
  }
}
