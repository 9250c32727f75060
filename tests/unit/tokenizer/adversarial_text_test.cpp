// SPDX-License-Identifier: Apache-2.0
// A megabyte of text made to hurt. Nothing here is timed: work that grows with the square of the
// length would be 10^12 steps, and the test would not end.
#include <catch2/catch.hpp>

#include "unit/tokenizer/definitions.h"

namespace definitions = mayfly::tokenizer::definitions;
namespace golden = mayfly::tokenizer::golden;
using mayfly::tokenizer::Encoding;
using mayfly::tokenizer::Offset;
using mayfly::tokenizer::SpecialTokens;

namespace {

constexpr std::size_t kMegabyte = 1 << 20;
constexpr std::int32_t kUnknown = 100, kSeparator = 102;

std::string repeat(const std::string& unit) {
  std::string text;
  while (text.size() < kMegabyte) text += unit;
  return text;
}

Encoding encode(const std::string& text) {
  return golden::minilm().encode(text,
                                 {.special_tokens = SpecialTokens::kParse, .with_offsets = true});
}

void expect_one_unknown_word(const std::string& text, std::uint32_t begin, std::uint32_t end) {
  const Encoding encoding = encode(text);
  REQUIRE(encoding.ids.size() == 3);
  CHECK(encoding.ids[1] == kUnknown);
  CHECK(encoding.offsets[1] == Offset{begin, end});
}

}  // namespace

TEST_CASE("a megabyte without spaces is one unknown word", "[tokenizer][adversarial]") {
  expect_one_unknown_word(repeat("a"), 0, kMegabyte);
  expect_one_unknown_word(repeat("\xC3\xA9"), 0, kMegabyte / 2);
}

TEST_CASE("a megabyte of dropped marks leaves nothing", "[tokenizer][adversarial]") {
  CHECK(encode(repeat("\xCC\x81")).ids.size() == 2);
  CHECK(encode(repeat("\xCC\x81\xCC\x96")).ids.size() == 2);
}

TEST_CASE("a megabyte of marks out of order is one unknown word", "[tokenizer][adversarial]") {
  // U+08D4 (class 230, kept), U+1B44 (class 9, kept), U+0316 (class 220, dropped).
  std::string text("a");
  text += repeat("\xE0\xA3\x94\xE1\xAD\x84\xCC\x96");
  const auto code_points = static_cast<std::uint32_t>((text.size() - 1) / 8 * 3 + 1);
  // In canonical order the marks kept come first and last; their places are those of the input.
  expect_one_unknown_word(text, 0, code_points);
}

TEST_CASE("a megabyte of the longest words that are still looked up", "[tokenizer][adversarial]") {
  const std::string word(100, 'z');
  const std::size_t per_word = encode(word).ids.size() - 2;
  REQUIRE(per_word > 1);
  const std::string text = repeat(word + " ");
  CHECK(encode(text).ids.size() == text.size() / 101 * per_word + 2);
}

TEST_CASE("a megabyte of brackets, spaces, special tokens or rubbish", "[tokenizer][adversarial]") {
  CHECK(encode(repeat("[")).ids.size() == kMegabyte + 2);
  CHECK(encode(repeat(" ")).ids.size() == 2);
  CHECK(encode(repeat("\xFF")).ids.size() == 2);
  const Encoding separators = encode(repeat("[SEP]"));
  CHECK(separators.ids.size() == kMegabyte / 5 + 1 + 2);
  CHECK(separators.ids[1] == kSeparator);
  const Encoding cut = golden::minilm().encode(repeat("["), {.max_length = 256});
  CHECK(cut.ids.size() == 256);
  CHECK(cut.dropped == kMegabyte + 2 - 256);
}

TEST_CASE("a megabyte of white space that is an added token and takes more of its kind",
          "[tokenizer][adversarial]") {
  nlohmann::json spec = definitions::spec();
  spec["added_tokens"].push_back(definitions::added_token(12, " "));
  spec["added_tokens"].back()["lstrip"] = true;
  spec["added_tokens"].back()["rstrip"] = true;
  const Encoding encoding = definitions::make(spec)->encode(
      repeat(" "), {.special_tokens = SpecialTokens::kParse, .with_offsets = true});
  REQUIRE(encoding.ids == definitions::Ids{2, 12, 3});
  CHECK(encoding.offsets[1] == Offset{0, kMegabyte});
}
