// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/bert_normalizer.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <random>

#include "tokenizer/normalized_text.h"
#include "unit/tokenizer/golden_files.h"

namespace golden = mayfly::tokenizer::golden;
namespace text = mayfly::text;
using mayfly::text::BertCharacters;
using mayfly::tokenizer::BertNormalizer;
using mayfly::tokenizer::BertNormalizerOptions;
using mayfly::tokenizer::NormalizedText;
using mayfly::tokenizer::Offset;
using nlohmann::json;

namespace {

const BertNormalizerOptions kUncased{true, true, true, true};
const BertNormalizerOptions kStripOnly{false, false, true, false};

std::string utf8(const std::u32string& code_points) {
  std::string result;
  for (const char32_t value : code_points) {
    char bytes[4];
    result.append(bytes, text::encode_utf8(value, bytes));
  }
  return result;
}

// Characters with their places, for whole-text comparisons.
struct Collector {
  std::u32string value;
  std::vector<Offset> sources;
  void put(char32_t code_point, std::uint16_t flags, Offset source) {
    REQUIRE(flags == BertCharacters::instance().flags(code_point));
    value += code_point;
    sources.push_back(source);
  }
};

Collector normalize(const BertNormalizerOptions& options, const std::string& input) {
  Collector collector;
  BertNormalizer(options).normalize(input, 0, collector);
  return collector;
}

using Members = std::vector<bool>;  // by code point

Members members(const json& ranges) {
  Members result(0x110000);
  for (const json& range : ranges) {
    std::fill(result.begin() + range[0].get<int>(), result.begin() + range[1].get<int>() + 1, true);
  }
  return result;
}

}  // namespace

// charmap.json was recorded from the reference on its own, not by the script that the tables come
// from.
TEST_CASE("every code point is normalized as the reference does", "[tokenizer][normalizer]") {
  const json charmap = golden::read_lines("bert_charmap.json").at(0);
  const Members removed = members(charmap["removed"]), space = members(charmap["space"]);
  const Members cjk = members(charmap["cjk"]);
  std::size_t differences = 0;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::u32string expected = removed[c] ? U"" : space[c] ? U" " : std::u32string(1, c);
    char key[8];
    std::snprintf(key, sizeof key, "%x", static_cast<unsigned>(c));
    if (const auto mapped = charmap["map"].find(key); mapped != charmap["map"].end()) {
      expected.clear();
      for (const json& part : *mapped) {
        expected += static_cast<char32_t>(std::stoul(part.get<std::string>(), nullptr, 16));
      }
    }
    if (cjk[c]) expected = U" " + expected + U" ";
    if (normalize(kUncased, utf8({c})).value != expected) {
      ++differences;
      UNSCOPED_INFO("U+" << key);
    }
  }
  CHECK(differences == 0);
}

TEST_CASE("every code point separates words as in the reference", "[tokenizer][normalizer]") {
  const json charmap = golden::read_lines("bert_charmap.json").at(0);
  const Members white = members(charmap["pre_space"]), punctuation = members(charmap["punct"]);
  std::size_t differences = 0;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::uint16_t flags = BertCharacters::instance().flags(c);
    differences += ((flags & BertCharacters::kWhite) != 0) != white[c];
    differences += ((flags & BertCharacters::kPunctuation) != 0) != punctuation[c];
  }
  CHECK(differences == 0);
}

TEST_CASE("kept marks are put in canonical order and take the places in input order",
          "[tokenizer][normalizer]") {
  // 08D4 (class 230, kept) before 1B44 (class 9, kept): the order changes, the places do not.
  const Collector swapped = normalize(kStripOnly, utf8(U"a\u08D4\u1B44b"));
  CHECK(swapped.value == U"a\u1B44\u08D4b");
  CHECK(swapped.sources == std::vector<Offset>{{0, 1}, {1, 2}, {2, 3}, {3, 4}});
  // The dropped 0301 has taken the place after "a" when 302E (224) moves in front of it.
  const Collector dropped = normalize(kStripOnly, utf8(U"a\u0301\u302Eb"));
  CHECK(dropped.value == U"a\u302Eb");
  CHECK(dropped.sources == std::vector<Offset>{{0, 1}, {1, 2}, {3, 4}});
}

TEST_CASE("long runs of marks come out in canonical order", "[tokenizer][normalizer]") {
  const unsigned seed = 20240301;
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const std::array<char32_t, 6> kept = {0x08D4, 0x1B44, 0x302E, 0x1D165, 0x11446, 0x1D16D};
  for (const std::size_t length : {2u, 23u, 24u, 25u, 500u}) {
    std::u32string run;
    for (std::size_t i = 0; i < length; ++i) run += kept[random() % kept.size()];
    std::u32string expected = run;  // std::stable_sort is the definition (D109)
    std::stable_sort(expected.begin(), expected.end(), [](char32_t a, char32_t b) {
      const BertCharacters& characters = BertCharacters::instance();
      return characters.combining_class(a) < characters.combining_class(b);
    });
    CHECK(normalize(kStripOnly, utf8(U"x" + run + U"y")).value == U"x" + expected + U"y");
  }
}

TEST_CASE("a dotted capital I loses its dot only with its accents", "[tokenizer][normalizer]") {
  CHECK(normalize({false, false, false, true}, utf8(U"\u0130")).value == U"i\u0307");
  CHECK(normalize({false, false, true, true}, utf8(U"\u0130")).value == U"i");
  CHECK(normalize({false, false, true, false}, utf8(U"\u0130")).value == U"I");
}

TEST_CASE("a capital sigma at the end of a word becomes the ordinary one",
          "[tokenizer][normalizer]") {
  CHECK(normalize(kUncased, utf8(U"\u039F\u03A3")).value == U"\u03BF\u03C3");
  CHECK(normalize(kUncased, utf8(U"\u03C2")).value == U"\u03C2");
}

TEST_CASE("without options the text stays as it is", "[tokenizer][normalizer]") {
  const std::u32string input = U"A\u00C9\u4E00\t\u200D\u0000z\uAC00\u0301";
  CHECK(normalize({}, utf8(input)).value == input);
}
