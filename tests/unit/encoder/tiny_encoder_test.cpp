// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "encoder/encoder.h"
#include "kernels/kernels.h"
#include "kernels/random_values.h"
#include "unit/model/tiny_model.h"

namespace mayfly::encoder {
namespace {

using Ids = std::vector<std::int32_t>;

Encoder load(const testing::TinyModel& model) {
  return Encoder(std::make_shared<model::Container>(model.file()));
}

std::string refusal(const testing::TinyModel& model) {
  try {
    load(model);
  } catch (const Error& error) {
    return std::string(error_code_name(error.code()));
  }
  return "";
}

std::vector<std::vector<float>> embed(ForwardPass& pass, const std::vector<Ids>& texts) {
  const std::vector<std::span<const std::int32_t>> sequences(texts.begin(), texts.end());
  pass.begin(sequences);
  while (!pass.step()) {
  }
  std::vector<std::vector<float>> vectors;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto vector = pass.pooled(i);
    vectors.emplace_back(vector.begin(), vector.end());
  }
  return vectors;
}

}  // namespace

TEST_CASE("a sequence's vector is the same bits alone, in any batch and in any order",
          "[encoder]") {
  constexpr std::uint32_t kSeed = 11;
  INFO("seed " << kSeed);
  testing::RandomValues random(kSeed);
  const Encoder encoder = load({});
  ForwardPass pass(encoder), fresh(encoder);
  for (int round = 0; round < 50; ++round) {
    std::vector<Ids> texts(random.between(1, 40));
    for (Ids& text : texts) text = random.integers<std::int32_t>(random.between(1, 12), 0, 15);
    const auto together = embed(pass, texts);
    const std::vector<Ids> reversed(texts.rbegin(), texts.rend());
    const auto backwards = embed(pass, reversed);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      REQUIRE(embed(fresh, {texts[i]})[0] == together[i]);
      REQUIRE(backwards[texts.size() - 1 - i] == together[i]);
    }
  }
}

TEST_CASE("vectors have unit length and token states the sequence's shape", "[encoder]") {
  const Encoder encoder = load({});
  ForwardPass pass(encoder);
  const auto vectors = embed(pass, {{1, 6, 2}, {1, 2}});
  for (const auto& vector : vectors) {
    double squares = 0.0;
    for (const float value : vector) squares += double{value} * value;
    CHECK(squares == Approx(1.0).epsilon(1e-6));
  }
  CHECK(pass.token_states(0).size() == 3 * 16);
  CHECK(pass.token_states(1).size() == 2 * 16);
  CHECK_THROWS_AS(pass.token_states(2), Error);
}

TEST_CASE("every kernel variant gives the encoder the same bits", "[encoder]") {
  const std::string before(kernels::active().variant);
  std::vector<std::vector<float>> expected;
  for (const kernels::Kernels& variant : kernels::variants()) {
    kernels::select(variant.variant);
    const Encoder encoder = load({});
    ForwardPass pass(encoder);
    const auto vectors = embed(pass, {{1, 3, 4, 5, 6, 7, 2}, {1, 9, 2}});
    if (expected.empty()) expected = vectors;
    CHECK(vectors == expected);
  }
  kernels::select(before);
}

TEST_CASE("results are withheld until the last layer is done", "[encoder]") {
  const Encoder encoder = load({});
  ForwardPass pass(encoder);
  const Ids ids{1, 2};
  const std::span<const std::int32_t> sequence(ids);
  pass.begin({&sequence, 1});
  CHECK_THROWS_AS(pass.pooled(0), Error);
  CHECK(pass.step());
  CHECK_NOTHROW(pass.pooled(0));
}

TEST_CASE("ids beyond the table and sequences of a wrong length are refused", "[encoder]") {
  const Encoder encoder = load({});
  ForwardPass pass(encoder);
  const auto code_of = [&](const Ids& ids) {
    try {
      embed(pass, {ids});
    } catch (const Error& error) {
      return std::string(error_code_name(error.code()));
    }
    return std::string();
  };
  CHECK(code_of({1, 16, 2}) == "token-out-of-range");
  CHECK(code_of({-1}) == "token-out-of-range");
  CHECK(code_of({std::numeric_limits<std::int32_t>::min()}) == "token-out-of-range");
  CHECK(code_of({}) == "invalid-argument");
  CHECK(code_of(Ids(13, 1)) == "invalid-argument");
  CHECK(code_of(Ids(12, 1)).empty());
}

TEST_CASE("models whose parts disagree are refused", "[hostile]") {
  REQUIRE(refusal({}).empty());
  testing::TinyModel model;
  model.word_rows = 15;
  CHECK(refusal(model) == "invalid-model");
  model = {};
  model.left_out = "encoder.layer.0.output.dense.bias";
  CHECK(refusal(model) == "invalid-model");
  model = {};
  model.layer_norm_weight = std::numeric_limits<float>::quiet_NaN();
  CHECK(refusal(model) == "invalid-model");
  model = {};
  model.metadata.erase("config");
  CHECK(refusal(model) == "invalid-model");
}

TEST_CASE("configurations out of range or of another kind are refused", "[hostile]") {
  const auto with = [](const std::string& from, const std::string& to) {
    testing::TinyModel model;
    std::string& config = model.metadata["config"];
    const std::size_t at = config.find(from);
    REQUIRE(at != std::string::npos);
    config.replace(at, from.size(), to);
    return refusal(model);
  };
  CHECK(with("\"bert\"", "\"gpt2\"") == "unsupported-model");
  CHECK(with("\"gelu\"", "\"relu\"") == "unsupported-model");
  CHECK(with("\"num_attention_heads\":2", "\"num_attention_heads\":4") == "unsupported-model");
  CHECK(with("\"num_attention_heads\":2", "\"num_attention_heads\":0") == "invalid-model");
  CHECK(with("\"hidden_size\":16", "\"hidden_size\":-16") == "invalid-model");
  CHECK(with("\"hidden_size\":16", "\"hidden_size\":16.5") == "invalid-model");
  CHECK(with("\"hidden_size\":16", "\"hidden_size\":\"16\"") == "invalid-model");
  CHECK(with("\"num_hidden_layers\":1", "\"num_hidden_layers\":2") == "invalid-model");
  CHECK(with("\"num_hidden_layers\":1", "\"num_hidden_layers\":4294967297") == "invalid-model");
  CHECK(with("1e-12", "-1.0") == "invalid-model");
  CHECK(with("{", "") == "invalid-model");
}

TEST_CASE("weights that overflow give an error and never NaN", "[hostile]") {
  testing::TinyModel model;
  model.layer_norm_weight = 3e38F;
  const Encoder encoder = load(model);
  ForwardPass pass(encoder);
  try {
    for (const float value : embed(pass, {{1, 5, 2}})[0]) CHECK(std::isfinite(value));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::kInvalidModel);
  }
}

}  // namespace mayfly::encoder
