// SPDX-License-Identifier: Apache-2.0
// What tutorials show of sentence and token embeddings, held to the fp32 model's figures.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/embed_job.h"
#include "engine/model.h"
#include "unit/converted_model.h"

namespace mayfly::engine {
namespace {

double cosine(std::span<const float> a, std::span<const float> b) {
  double dot = 0.0, aa = 0.0, bb = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    dot += double{a[i]} * b[i];
    aa += double{a[i]} * a[i];
    bb += double{b[i]} * b[i];
  }
  return dot / std::sqrt(aa * bb);
}

// The last layer's state at the place of one word, which must be one token of the text.
std::vector<float> token_vector(const Model& model, std::string_view text, std::string_view word) {
  const auto encoding = model.tokenizer().encode(text, {});
  encoder::ForwardPass pass(model.encoder());
  const std::span<const std::int32_t> sequence(encoding.ids);
  pass.begin({&sequence, 1});
  while (!pass.step()) {
  }
  for (std::size_t i = 0; i < encoding.ids.size(); ++i) {
    if (model.tokenizer().token(encoding.ids[i]) != word) continue;
    const auto state = pass.token_states(0).subspan(i * model.dim(), model.dim());
    return {state.begin(), state.end()};
  }
  FAIL("no token " << word);
  return {};
}

}  // namespace

TEST_CASE("the tutorials' four sentences have the fp32 model's similarities",
          "[engine][model-file]") {
  const std::string_view texts[] = {"The cat sat on the mat", "A kitten was resting on the rug",
                                    "Python is a programming language", "I love machine learning"};
  const double expected[] = {0.627, 0.031, -0.023, 0.048, -0.102, 0.236};
  EmbedJob job(Model::load(testing::converted_model()), texts);
  while (!job.step(1000.0)) {
  }
  std::size_t pair = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = i + 1; j < 4; ++j, ++pair) {
      CHECK(cosine(job.vector(i), job.vector(j)) == Approx(expected[pair]).margin(0.02));
    }
  }
}

TEST_CASE("bank in two senses is one token id and two token vectors", "[engine][model-file]") {
  const auto model = Model::load(testing::converted_model());
  const auto river = token_vector(*model, "We had a picnic on the bank of the river.", "bank");
  const auto money = token_vector(*model, "The bank approved my loan application.", "bank");
  const auto shore = token_vector(*model, "They fished from the bank of the stream.", "bank");
  // The static table has one row for the id; the states differ by sense and agree within one.
  const auto id = model->tokenizer().encode("bank", {}).ids.at(1);
  CHECK(model->tokenizer().encode("river bank", {}).ids.at(2) == id);
  CHECK(cosine(river, money) < 0.8);
  CHECK(cosine(river, shore) > cosine(river, money) + 0.1);
}

}  // namespace mayfly::engine
