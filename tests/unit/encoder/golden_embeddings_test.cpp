// SPDX-License-Identifier: Apache-2.0
// The oracle: fp32 embeddings of all-MiniLM-L6-v2, made by a NumPy forward pass (tests/golden).
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "encoder/encoder.h"
#include "unit/converted_model.h"

namespace mayfly::encoder {

TEST_CASE("embeddings are close to the fp32 model on the golden texts", "[encoder][model-file]") {
  const Encoder encoder(std::make_shared<model::Container>(testing::converted_model()));
  ForwardPass pass(encoder);
  std::ifstream lines(MAYFLY_GOLDEN_UNPACKED_DIR "/minilm/golden.jsonl");
  REQUIRE(lines.is_open());
  double total = 0.0, lowest = 1.0;
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto golden = nlohmann::json::parse(line);
    const auto ids = golden["ids"].get<std::vector<std::int32_t>>();
    const auto expected = golden["embedding"].get<std::vector<double>>();
    const std::span<const std::int32_t> sequence(ids);
    pass.begin({&sequence, 1});
    while (!pass.step()) {
    }
    const auto vector = pass.pooled(0);
    double dot = 0.0, squares = 0.0;
    for (std::size_t d = 0; d < expected.size(); ++d) {
      dot += vector[d] * expected[d];
      squares += expected[d] * expected[d];
    }
    const double cosine = dot / std::sqrt(squares);
    total += cosine;
    lowest = std::min(lowest, cosine);
  }
  REQUIRE(count == 137);
  CHECK(total / static_cast<double>(count) >= 0.996);
  CHECK(lowest >= 0.985);
}

}  // namespace mayfly::encoder
