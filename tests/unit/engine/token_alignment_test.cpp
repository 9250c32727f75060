// SPDX-License-Identifier: Apache-2.0
#include "engine/token_alignment.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <string>
#include <utility>

#include "unit/engine/thrown_code.h"
#include "unit/engine/token_states.h"
#include "unit/model/tiny_model.h"

using namespace mayfly;
using engine::Alignment;
using engine::AlignmentJob;
using engine::Model;
using testing::thrown_code;
using testing::TinyModel;

namespace {

using Texts = std::vector<std::string_view>;

std::shared_ptr<const Model> tiny() { return Model::load(TinyModel().file()); }

std::vector<Alignment> align(const std::shared_ptr<const Model>& model, std::string_view query,
                             const Texts& passages, double budget_ms = 1e9) {
  AlignmentJob job(model, query, passages);
  while (!job.step(budget_ms)) {
  }
  std::vector<Alignment> alignments;
  for (std::size_t i = 0; i < job.size(); ++i) alignments.push_back(job.alignment(i));
  return alignments;
}

// Vectors of a text's words, each one token: what stands between [CLS] and [SEP] of a pass.
std::vector<std::vector<double>> word_vectors(const Model& model, std::string_view text) {
  const auto states = testing::token_states(model, text);
  return {states.begin() + 1, states.end() - 1};
}

double cosine(const std::vector<double>& a, const std::vector<double>& b) {
  double dot = 0, aa = 0, bb = 0;
  for (std::size_t d = 0; d < a.size(); ++d) {
    dot += a[d] * b[d];
    aa += a[d] * a[d];
    bb += b[d] * b[d];
  }
  return dot / std::sqrt(aa * bb);
}

std::string random_words(std::mt19937& random, std::size_t count) {
  const char* const words[] = {"cat", "dog", "the", "sat", "on", "mat", "x", "y"};
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += (i > 0 ? " " : "") + std::string(words[random() % 8]);
  return text;
}

// The word of the text that has this range.
std::string_view at(std::string_view text, tokenizer::Offset range) {
  return text.substr(range.begin, range.end - range.begin);
}

}  // namespace

TEST_CASE("each token of the query has the nearest of the passage, and MaxSim is their mean",
          "[alignment]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto model = tiny();
  for (int round = 0; round < 40; ++round) {
    const std::string query = random_words(random, 1 + random() % 6);
    const std::string passage = random_words(random, 1 + random() % 6);
    INFO(query << " / " << passage);
    const Alignment alignment = align(model, query, {passage}).front();
    const auto asked = word_vectors(*model, query), offered = word_vectors(*model, passage);
    REQUIRE(alignment.links.size() == asked.size());
    double sum = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      double best = -2;
      for (const auto& vector : offered) best = std::max(best, cosine(asked[i], vector));
      CHECK(alignment.links[i].cosine == Approx(best).margin(1e-5));
      sum += best;
      // The range in the passage is that of a token with this cosine.
      const std::string_view before =
          std::string_view(passage).substr(0, alignment.links[i].passage.begin);
      const auto place = static_cast<std::size_t>(std::count(before.begin(), before.end(), ' '));
      CHECK(cosine(asked[i], offered[place]) == Approx(best).margin(1e-5));
    }
    CHECK(alignment.score == Approx(sum / static_cast<double>(asked.size())).margin(1e-5));
  }
}

TEST_CASE("a text aligned with itself has each token beside itself", "[alignment]") {
  const std::string text = "the cat sat on z";
  const Alignment alignment = align(tiny(), text, {text}).front();
  REQUIRE(alignment.links.size() == 5);
  for (const auto& link : alignment.links) {
    CHECK(at(text, link.query) == at(text, link.passage));
    CHECK(link.cosine == Approx(1).margin(1e-5));
  }
  CHECK(alignment.score == Approx(1).margin(1e-5));
}

TEST_CASE("alignments depend neither on the other passages nor on the slices", "[alignment]") {
  const auto model = tiny();
  const Texts passages = {"cat on mat", "", "dogs", "x y z x y z"};
  const auto together = align(model, "the dog", passages);
  const auto sliced = align(model, "the dog", passages, 0);
  for (std::size_t i = 0; i < passages.size(); ++i) {
    const Alignment alone = align(model, "the dog", {passages[i]}).front();
    CHECK(together[i].score == alone.score);
    CHECK(sliced[i].score == alone.score);
    CHECK(together[i].links.size() == alone.links.size());
  }
}

TEST_CASE("without a token on either side there are no links and the score is 0", "[alignment]") {
  const auto model = tiny();
  const std::pair<const char*, const char*> without[] = {
      {"", "cat"}, {"cat", ""}, {"", ""}, {"cat", " \n"}};
  for (const auto& [query, passage] : without) {
    const Alignment alignment = align(model, query, {passage}).front();
    CHECK(alignment.links.empty());
    CHECK(alignment.score == 0);
  }
}

TEST_CASE("ranges are code points, and tokens beyond the model's limit are counted",
          "[alignment]") {
  const auto model = tiny();
  const Alignment alignment =
      align(model, "\xF0\x9F\x98\x80 cat", {"x y z cat cat cat cat dog"}).front();
  REQUIRE(alignment.links.size() == 2);
  CHECK(alignment.links[1].query == tokenizer::Offset{2, 5});
  CHECK(alignment.dropped == 2);  // of 8 tokens and two of the template, 8 are read
}

TEST_CASE("a job without passages is done at once", "[alignment]") {
  AlignmentJob job(tiny(), "cat", {});
  CHECK(job.step(0));
  CHECK(job.size() == 0);
}

TEST_CASE("an alignment that is not there yet is refused", "[alignment]") {
  const std::string_view passage = "cat";
  AlignmentJob job(tiny(), "cat", {&passage, 1});
  CHECK(thrown_code([&] { job.alignment(0); }) == ErrorCode::kInvalidArgument);
  while (!job.step(0)) {
  }
  CHECK_FALSE(job.alignment(0).links.empty());
  CHECK(thrown_code([&] { job.alignment(1); }) == ErrorCode::kInvalidArgument);
}
