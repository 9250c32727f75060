// SPDX-License-Identifier: Apache-2.0
#include "engine/embed_job.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>
#include <string>

#include "unit/engine/thrown_code.h"
#include "unit/model/tiny_model.h"

using mayfly::ErrorCode;
using mayfly::engine::EmbedJob;
using mayfly::engine::Model;
using mayfly::testing::thrown_code;
using mayfly::testing::TinyModel;

namespace {

using Texts = std::vector<std::string_view>;
using Vector = std::vector<float>;

std::shared_ptr<const Model> tiny() { return Model::load(TinyModel().file()); }

Vector vector_of(const EmbedJob& job, std::size_t text) {
  return {job.vector(text).begin(), job.vector(text).end()};
}

std::vector<Vector> embed(const std::shared_ptr<const Model>& model, const Texts& texts,
                          double budget_ms) {
  EmbedJob job(model, texts);
  while (!job.step(budget_ms)) {
  }
  std::vector<Vector> vectors;
  for (std::size_t i = 0; i < texts.size(); ++i) vectors.push_back(vector_of(job, i));
  return vectors;
}

// Random texts of 0 to 12 words of the tiny vocabulary: some empty, some longer than the limit.
std::vector<std::string> random_texts(std::mt19937& random, std::size_t count) {
  const char* const words[] = {"cat", "dogs", "the", "sat", "on", "mat", "x", "unknown", "."};
  std::vector<std::string> texts(count);
  for (std::string& text : texts) {
    for (auto left = random() % 13; left > 0; --left)
      text += std::string(words[random() % 9]) + " ";
  }
  return texts;
}

}  // namespace

TEST_CASE("a job without texts is done at once", "[engine]") {
  EmbedJob job(tiny(), {});
  CHECK(job.step(0));
  CHECK(job.size() == 0);
}

TEST_CASE("a text's vector is that of one forward pass over its tokens", "[engine]") {
  const auto model = tiny();
  const Vector vector = embed(model, {"the cat sat"}, 1000).front();
  const auto ids = model->tokenizer().encode("the cat sat", {}).ids;
  REQUIRE(ids == std::vector<std::int32_t>{1, 9, 6, 10, 2});
  mayfly::encoder::ForwardPass pass(model->encoder());
  const std::span<const std::int32_t> sequence(ids);
  pass.begin({&sequence, 1});
  while (!pass.step()) {
  }
  const auto expected = pass.pooled(0);
  CHECK(vector == Vector(expected.begin(), expected.end()));
}

TEST_CASE("vectors have unit length and do not depend on batch, order or slices", "[engine]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto model = tiny();
  const auto texts = random_texts(random, 150);
  const auto together = embed(model, Texts(texts.begin(), texts.end()), 1e9);
  for (const Vector& vector : together) {
    double squares = 0;
    for (const float value : vector) squares += double{value} * double{value};
    REQUIRE(squares == Approx(1.0).margin(1e-6));
  }
  for (std::size_t i = 0; i < texts.size(); i += 7) {
    REQUIRE(embed(model, {texts[i]}, 1e9).front() == together[i]);
  }
  REQUIRE(embed(model, Texts(texts.begin(), texts.end()), 0) == together);

  std::vector<std::size_t> order(texts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), random);
  Texts shuffled;
  for (const std::size_t i : order) shuffled.push_back(texts[i]);
  const auto vectors = embed(model, shuffled, 0.01);
  for (std::size_t i = 0; i < order.size(); ++i) REQUIRE(vectors[i] == together[order[i]]);
}

TEST_CASE("a job without a budget still moves, and finishes its texts in order", "[engine]") {
  std::mt19937 random(1);
  const auto texts = random_texts(random, 80);
  EmbedJob job(tiny(), Texts(texts.begin(), texts.end()));
  CHECK(job.size() == 80);
  CHECK(job.completed() == 0);
  std::size_t steps = 0, before = 0;
  bool done = false;
  while (!done) {
    done = job.step(0);
    ++steps;
    REQUIRE(job.completed() >= before);
    before = job.completed();
    REQUIRE(steps <= 80);  // the tiny model has one layer: each step finishes a pass
  }
  CHECK(steps > 2);  // the texts do not fit into one pass
  CHECK(job.completed() == 80);
  CHECK(job.step(0));
}

TEST_CASE("a text beyond the limit is cut, and says how much of it was dropped", "[engine]") {
  EmbedJob job(tiny(), Texts{"cat cat cat cat cat cat cat cat cat", "cat", ""});
  while (!job.step(10)) {
  }
  CHECK(job.token_count(0) == 8);
  CHECK(job.dropped(0) == 3);
  CHECK(job.token_count(1) == 3);
  CHECK(job.dropped(1) == 0);
  CHECK(job.token_count(2) == 2);
  CHECK(job.dropped(2) == 0);
}

TEST_CASE("results of a text that is not done are refused", "[engine]") {
  EmbedJob job(tiny(), Texts{"cat"});
  CHECK(thrown_code([&] { job.vector(0); }) == ErrorCode::kInvalidArgument);
  CHECK(thrown_code([&] { job.token_count(0); }) == ErrorCode::kInvalidArgument);
  while (!job.step(10)) {
  }
  CHECK(thrown_code([&] { job.dropped(0); }) == std::nullopt);
  CHECK(thrown_code([&] { job.vector(1); }) == ErrorCode::kInvalidArgument);
}

TEST_CASE("a job keeps its own copy of the texts", "[engine]") {
  const auto model = tiny();
  std::string text = "the cat";
  const Texts views{text};
  EmbedJob job(model, views);
  text = "x y z x";
  while (!job.step(10)) {
  }
  CHECK(vector_of(job, 0) == embed(model, {"the cat"}, 10).front());
}

TEST_CASE("ill-formed UTF-8 and NUL bytes are embedded like U+FFFD and nothing else", "[engine]") {
  const auto model = tiny();
  const auto vectors = embed(
      model,
      {"cat \xFF\xFE dog", "cat \xEF\xBF\xBD\xEF\xBF\xBD dog", std::string_view("cat \0 dog", 9)},
      10);
  CHECK(vectors[0] == vectors[1]);
  CHECK(std::isfinite(vectors[2][0]));
}
