// SPDX-License-Identifier: Apache-2.0
// The shipped static model, from text to vector, held to what NumPy and the reference tokenizer
// made of the same file (tests/golden/generate/generate_static_vectors.py).
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/embed_job.h"
#include "unit/converted_model.h"

namespace mayfly::engine {

TEST_CASE("vectors of the shipped static model are the reference's", "[engine][model-file]") {
  const auto model = Model::load(testing::model_file("minilm-static.safetensors"));
  std::ifstream lines(MAYFLY_GOLDEN_UNPACKED_DIR "/minilm/static.jsonl");
  REQUIRE(lines.is_open());
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto golden = nlohmann::json::parse(line);
    const auto text = golden["text"].get<std::string>();
    const std::string_view view(text);
    CAPTURE(text.substr(0, 60));
    EmbedJob job(model, {&view, 1}, tokenizer::SpecialTokens::kParse);
    while (!job.step(1000)) {
    }
    const auto expected = golden["embedding"].get<std::vector<double>>();
    REQUIRE(expected.size() == model->dim());
    double worst = 0.0;
    for (std::size_t d = 0; d < expected.size(); ++d) {
      worst = std::max(worst, std::fabs(job.vector(0)[d] - expected[d]));
    }
    CHECK(worst < 2e-6);
  }
  CHECK(count == 46);
}

}  // namespace mayfly::engine
