// SPDX-License-Identifier: Apache-2.0
// Expected words come from tests/golden/generate/generate_words.py, which knows Unicode through
// Python's unicodedata.
#include "text/words.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <tuple>
#include <vector>

using mayfly::text::WordReader;

namespace {

using Word = std::tuple<std::string, std::size_t, std::size_t, std::string>;

std::vector<Word> words_of(std::string_view text) {
  const char* const kinds[] = {"word", "pair", "tail"};
  std::vector<Word> words;
  for (WordReader reader(text); reader.next();) {
    words.emplace_back(reader.folded(), reader.begin(), reader.end(),
                       kinds[static_cast<std::size_t>(reader.kind())]);
  }
  return words;
}

std::vector<std::string> folded(std::string_view text) {
  std::vector<std::string> words;
  for (WordReader reader(text); reader.next();) words.emplace_back(reader.folded());
  return words;
}

}  // namespace

TEST_CASE("words, their spelling and their bytes are those of the golden texts", "[text][golden]") {
  std::ifstream file(MAYFLY_GOLDEN_UNPACKED_DIR "/words.jsonl");
  REQUIRE(file);
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    const auto golden = nlohmann::json::parse(line);
    const auto expected = golden["words"].get<std::vector<Word>>();
    const std::string text = golden["text"].get<std::string>();
    const auto found = words_of(text);
    if (found != expected) {
      CAPTURE(text);
      CHECK(found == expected);
    }
  }
  CHECK(lines > 400);
}

TEST_CASE("case, diacritics, width and ligature letters make no difference", "[text]") {
  CHECK(folded("Crème BRÛLÉE") == folded("creme brulee"));
  CHECK(folded("Straße") == folded("STRASSE"));
  CHECK(folded("ＣＳＳ") == folded("css"));
  CHECK(folded("Œuvre") == folded("oeuvre"));
  CHECK(folded("e\u0301te\u0301") == folded("été"));
}

TEST_CASE("voiced kana are other letters than unvoiced ones, composed or not", "[text]") {
  CHECK(folded("か") != folded("が"));
  CHECK(folded("か\u3099") == folded("が"));
  CHECK(folded("ハ\u309A") == folded("パ"));
}

TEST_CASE("a run without spaces has a word at each of its characters", "[text]") {
  CHECK(folded("手机壳") == std::vector<std::string>{"手机", "机壳", "壳"});
  CHECK(folded("用iPhone手机") == std::vector<std::string>{"用", "iphone", "手机", "机"});
  WordReader reader("猫 犬小");
  REQUIRE(reader.next());
  CHECK(reader.lone());
  REQUIRE(reader.next());
  CHECK_FALSE(reader.lone());
  REQUIRE(reader.next());
  CHECK(reader.kind() == WordReader::Kind::kTail);
  CHECK_FALSE(reader.lone());
}

TEST_CASE("ill-formed UTF-8 ends a word and no more", "[text]") {
  CHECK(folded("ab\xFF"
               "cd\xE2\x82") == std::vector<std::string>{"ab", "cd"});
  CHECK(folded("\xC3").empty());
}

TEST_CASE("a word of a megabyte is cut into short ones that lose nothing", "[text]") {
  const std::string text(1 << 20, 'a');
  std::size_t end = 0;
  for (WordReader reader(text); reader.next();) {
    REQUIRE(reader.begin() == end);
    REQUIRE(reader.code_points() <= WordReader::kMaxCodePoints);
    end = reader.end();
  }
  CHECK(end == text.size());
}

TEST_CASE("any bytes give words in order, within the text, of valid UTF-8", "[text]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 2000; ++round) {
    std::string text(random() % 40, ' ');
    for (char& byte : text) byte = static_cast<char>(random());
    std::size_t begin = 0;
    for (WordReader reader(text); reader.next();) {
      const std::string_view word = reader.folded();
      const bool sound = reader.begin() >= begin && reader.end() > reader.begin() &&
                         reader.end() <= text.size() && !word.empty() && word.size() <= 256 &&
                         mayfly::text::is_well_formed_utf8(word) &&
                         mayfly::text::count_code_points(word) == reader.code_points();
      if (!sound) FAIL("unsound word");
      begin = reader.begin() + 1;
    }
  }
}
