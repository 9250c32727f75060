// SPDX-License-Identifier: Apache-2.0
// Tokens of the reference library, Hugging Face tokenizers 0.23.3 (tests/golden/generate).
#include <catch2/catch.hpp>

#include "unit/tokenizer/golden_files.h"

namespace golden = mayfly::tokenizer::golden;
using mayfly::tokenizer::EncodeOptions;
using mayfly::tokenizer::Encoding;
using mayfly::tokenizer::SpecialTokens;
using mayfly::tokenizer::TokenId;
using nlohmann::json;

namespace {

// Compares quietly: one Catch2 assertion per difference, none per agreement.
void expect_equal(const json& line, const json& expected, const Encoding& encoding) {
  const auto ids = expected["ids"].get<std::vector<TokenId>>();
  const auto offsets = expected["offsets"].get<std::vector<std::uint32_t>>();
  if (encoding.ids != ids || golden::flat(encoding.offsets) != offsets) {
    CAPTURE(golden::as_json(line["text"]));
    CHECK(encoding.ids == ids);
    CHECK(golden::flat(encoding.offsets) == offsets);
  }
}

}  // namespace

TEST_CASE("ids of the golden texts equal the reference's at the model's limit",
          "[tokenizer][golden]") {
  const auto lines = golden::read_lines("minilm/golden.jsonl");
  REQUIRE(lines.size() == 137);
  for (const json& line : lines) {
    const Encoding encoding =
        golden::minilm().encode(line["text"].get<std::string>(),
                                {.max_length = 256, .special_tokens = SpecialTokens::kParse});
    CAPTURE(golden::as_json(line["text"]));
    CHECK(encoding.ids == line["ids"].get<std::vector<TokenId>>());
    CHECK(encoding.ids.size() + encoding.dropped == line["n_ids_untruncated"].get<std::size_t>());
  }
}

TEST_CASE("ids and offsets of the golden texts equal the reference's without limit",
          "[tokenizer][golden]") {
  const auto lines = golden::read_lines("minilm/golden_ids_full.jsonl");
  REQUIRE(lines.size() == 137);
  for (json line : lines) {
    const Encoding encoding =
        golden::minilm().encode(line["text"].get<std::string>(),
                                {.special_tokens = SpecialTokens::kParse, .with_offsets = true});
    std::vector<std::uint32_t> offsets;
    for (const json& pair : line["offsets"]) {
      offsets.push_back(pair[0]);
      offsets.push_back(pair[1]);
    }
    line["offsets"] = offsets;
    expect_equal(line, line, encoding);
  }
}

TEST_CASE("10,000 random strings over all Unicode planes have the reference's tokens",
          "[tokenizer][golden]") {
  const auto lines = golden::read_lines("minilm/random.jsonl");
  REQUIRE(lines.size() == 10000);
  std::size_t with_special_tokens = 0;
  for (const json& line : lines) {
    const auto text = line["text"].get<std::string>();
    EncodeOptions options{.special_tokens = SpecialTokens::kParse, .with_offsets = true};
    expect_equal(line, line, golden::minilm().encode(text, options));
    // "plain" is written where the reference gives other tokens with encode_special_tokens.
    const bool differs = line.contains("plain");
    with_special_tokens += differs ? 1 : 0;
    options.special_tokens = SpecialTokens::kText;
    expect_equal(line, differs ? line["plain"] : line, golden::minilm().encode(text, options));
  }
  CHECK(with_special_tokens > 300);
}

TEST_CASE("other definitions have the reference's tokens: normalizer options, added tokens",
          "[tokenizer][golden]") {
  const auto lines = golden::read_lines("variants.jsonl");
  REQUIRE(lines.size() == 74);
  for (const json& line : lines) {
    const auto tokenizer = mayfly::tokenizer::make_tokenizer(
        line["spec"].dump(),
        golden::vocabulary_blob(line["vocabulary"].get<std::vector<std::string>>()));
    const EncodeOptions options{
        .special_tokens = line["plain"] ? SpecialTokens::kText : SpecialTokens::kParse,
        .with_offsets = true};
    CAPTURE(line["spec"]["normalizer"].dump(), line["spec"]["added_tokens"].dump());
    for (const json& expected : line["cases"]) {
      expect_equal(expected, expected,
                   tokenizer->encode(expected["text"].get<std::string>(), options));
    }
  }
}
