// SPDX-License-Identifier: Apache-2.0
#include "engine/late_chunking.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "unit/engine/thrown_code.h"
#include "unit/engine/tiny_collection.h"
#include "unit/engine/token_states.h"

using namespace mayfly;
using engine::LateChunker;
using testing::shared_transformer;
using testing::thrown_code;

namespace {

using Vector = std::vector<double>;

// The unit mean of the states of these tokens (0 is [CLS]) of a text whose words are one token
// each, read as one sequence.
Vector mean_of(std::string_view text, const std::vector<std::size_t>& tokens) {
  const auto states = testing::token_states(*shared_transformer(), text);
  Vector mean(shared_transformer()->dim());
  double squares = 0;
  for (std::size_t d = 0; d < mean.size(); ++d) {
    for (const std::size_t token : tokens) mean[d] += states[token][d];
    squares += mean[d] * mean[d];
  }
  for (double& value : mean) value /= std::sqrt(squares);
  return mean;
}

std::vector<Vector> late(const engine::DocumentView& document,
                         const text::PassageLimits& limits = {}) {
  const engine::Model& model = *shared_transformer();
  const auto values = LateChunker(model).vectors(document, limits);
  std::vector<Vector> vectors;
  for (std::size_t at = 0; at < values.size(); at += model.dim()) {
    vectors.emplace_back(values.begin() + static_cast<std::ptrdiff_t>(at),
                         values.begin() + static_cast<std::ptrdiff_t>(at + model.dim()));
  }
  return vectors;
}

bool near(const Vector& a, const Vector& b) {
  double largest = a.size() == b.size() ? 0 : 1;
  for (std::size_t d = 0; d < std::min(a.size(), b.size()); ++d) {
    largest = std::max(largest, std::fabs(a[d] - b[d]));
  }
  return largest < 1e-5;
}

constexpr text::PassageLimits kTwoWords{2, 0};

}  // namespace

TEST_CASE("a passage's late vector is of its own tokens in the window that it shares", "[engine]") {
  const auto vectors = late({"1", "cat dog\n\nsat mat\n\nx y"}, kTwoWords);
  REQUIRE(vectors.size() == 3);
  const std::string window = "cat dog sat mat x y";
  CHECK(near(vectors[0], mean_of(window, {0, 1, 2, 7})));
  CHECK(near(vectors[1], mean_of(window, {0, 3, 4, 7})));
  CHECK(near(vectors[2], mean_of(window, {0, 5, 6, 7})));
  CHECK_FALSE(near(vectors[1], mean_of("sat mat", {0, 1, 2, 3})));
}

TEST_CASE("a title is read before each window and is part of each late vector", "[engine]") {
  // Six words fit beside [CLS] and [SEP]: the title and two passages, then the title and the third.
  const auto vectors = late({"1", "cat dog\n\nsat mat\n\nx y", "", "c"}, kTwoWords);
  REQUIRE(vectors.size() == 3);
  CHECK(near(vectors[0], mean_of("c cat dog sat mat", {0, 1, 2, 3, 6})));
  CHECK(near(vectors[1], mean_of("c cat dog sat mat", {0, 1, 4, 5, 6})));
  CHECK(near(vectors[2], mean_of("c x y", {0, 1, 2, 3, 4})));
}

TEST_CASE("a passage longer than the model's limit has the late vector of its beginning",
          "[engine]") {
  const auto vectors = late({"1", "a b c x y z cat dog sat"});
  REQUIRE(vectors.size() == 1);
  CHECK(near(vectors[0], mean_of("a b c x y z", {0, 1, 2, 3, 4, 5, 6, 7})));
}

TEST_CASE("a document without text has the late vector of its title, or of nothing", "[engine]") {
  const auto titled = late({"1", "", "", "cat dog"});
  REQUIRE(titled.size() == 1);
  CHECK(near(titled[0], mean_of("cat dog", {0, 1, 2, 3})));
  const auto empty = late({"1", " \n"});
  REQUIRE(empty.size() == 1);
  CHECK(near(empty[0], mean_of("", {0, 1})));
}

TEST_CASE("late chunking has a vector for each passage of any text", "[engine]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const std::vector<std::string> pieces{"the cat ",     "sat. ", "Dogs! ", "\n\n", "x",
                                        "\u4E2D\u3002", "\xFF",  "A b? ",  "\n",   "caf\u00E9 "};
  for (int round = 0; round < 60; ++round) {
    std::string text;
    for (std::size_t left = random() % 30; left > 0; --left)
      text += pieces[random() % pieces.size()];
    const text::PassageLimits limits{1 + random() % 8, random() % 3};
    const engine::DocumentView document{"1", text, "", round % 2 == 0 ? "" : "a b"};
    INFO("text " << text);
    CHECK(late(document, limits).size() ==
          engine::document_passages(shared_transformer()->tokenizer(), document, limits).size());
  }
}

TEST_CASE("late chunking needs a transformer", "[engine]") {
  CHECK(thrown_code([] { LateChunker{*testing::shared_static()}; }) ==
        ErrorCode::kUnsupportedModel);
}
