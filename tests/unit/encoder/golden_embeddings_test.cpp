// SPDX-License-Identifier: Apache-2.0
// The oracle: fp32 embeddings of all-MiniLM-L6-v2, made by a NumPy forward pass (tests/golden).
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "encoder/encoder.h"
#include "unit/converted_model.h"

namespace mayfly::encoder {

namespace {

struct Cosines {
  double mean = 0.0, lowest = 1.0;
};

// Sanitizers look for misuse of memory, for which an eighth of the texts will do: each takes them
// half a second.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kEvery = 8;
#else
constexpr std::size_t kEvery = 1;
#endif

Cosines cosines_to_golden(const Encoder& encoder) {
  ForwardPass pass(encoder);
  std::ifstream lines(MAYFLY_GOLDEN_UNPACKED_DIR "/minilm/golden.jsonl");
  REQUIRE(lines.is_open());
  Cosines result;
  std::size_t count = 0, taken = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    if (count % kEvery != 0) continue;
    ++taken;
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
    result.mean += cosine;
    result.lowest = std::min(result.lowest, cosine);
  }
  REQUIRE(count == 137);
  result.mean /= static_cast<double>(taken);
  return result;
}

struct Profile {
  const char* file;
  double mean, lowest;  // that its vectors must reach
};
constexpr Profile kProfiles[] = {{"minilm.safetensors", 0.998, 0.995},
                                 {"minilm-small.safetensors", 0.993, 0.975}};

}  // namespace

TEST_CASE("embeddings are close to the fp32 model on the golden texts", "[encoder][model-file]") {
  for (const Profile& profile : kProfiles) {
    CAPTURE(profile.file);
    const Encoder encoder(std::make_shared<model::Container>(testing::model_file(profile.file)));
    const Cosines cosines = cosines_to_golden(encoder);
    CHECK(cosines.mean >= profile.mean);
    CHECK(cosines.lowest >= profile.lowest);
  }
}

TEST_CASE("no group of eight weights of a converted model exceeds what int16 sums bear",
          "[encoder][model-file]") {
  for (const Profile& profile : kProfiles) {
    const model::Container container(testing::model_file(profile.file));
    std::size_t layers = 0;
    for (const auto& [name, tensor] : container.tensors()) {
      if (!name.starts_with("encoder.") || tensor.dtype != model::DType::kI8) continue;
      ++layers;
      const std::size_t in = tensor.shape[1];
      const auto weights = tensor.as_i8();
      std::vector<int> positive(weights.size() / 8), negative(weights.size() / 8);
      for (std::size_t i = 0; i < weights.size(); ++i) {
        const std::size_t k = i % in, group = (i - k) / 8 + k / 16 * 2 + (k % 4 >= 2 ? 1 : 0);
        (weights[i] < 0 ? negative : positive)[group] += std::abs(weights[i]);
      }
      CAPTURE(profile.file, name);
      CHECK(*std::max_element(positive.begin(), positive.end()) <= 258);
      CHECK(*std::max_element(negative.begin(), negative.end()) <= 258);
    }
    CHECK(layers == 36);
  }
}

}  // namespace mayfly::encoder
