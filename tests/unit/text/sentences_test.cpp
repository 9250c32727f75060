// SPDX-License-Identifier: Apache-2.0
#include "text/sentences.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace mayfly::text {
namespace {

using Texts = std::vector<std::string>;

// The sentences' texts; "¶" is appended to those that end a paragraph.
Texts sentences_of(const std::string& text, std::size_t max_bytes = 1000) {
  Texts result;
  for (const Sentence& sentence : split_sentences(text, max_bytes)) {
    result.push_back(text.substr(sentence.begin, sentence.end - sentence.begin) +
                     (sentence.ends_paragraph ? "¶" : ""));
  }
  return result;
}

TEST_CASE("a sentence ends at a full stop that a capital follows", "[text]") {
  CHECK(sentences_of("One here. Two there! Three? Four") ==
        Texts{"One here.", "Two there!", "Three?", "Four¶"});
  CHECK(sentences_of("She said \"stop.\" Then left.") ==
        Texts{"She said \"stop.\"", "Then left.¶"});
  CHECK(sentences_of("And so… Next.") == Texts{"And so…", "Next.¶"});
}

TEST_CASE("abbreviations, numbers and names do not end a sentence", "[text]") {
  CHECK(sentences_of("See e.g. this one.") == Texts{"See e.g. this one.¶"});
  CHECK(sentences_of("By J. Doe, at 9 a. m. on the day.") ==
        Texts{"By J. Doe, at 9 a. m. on the day.¶"});
  CHECK(sentences_of("Version 1.2.3 of node.js runs.") == Texts{"Version 1.2.3 of node.js runs.¶"});
}

TEST_CASE("Chinese and Japanese full stops need no space", "[text]") {
  CHECK(sentences_of("今天下雨。明天晴！好吗？") == Texts{"今天下雨。", "明天晴！", "好吗？¶"});
  CHECK(sentences_of("「行く。」と言った。") == Texts{"「行く。」", "と言った。¶"});
}

TEST_CASE("blank lines, headings and list items end a sentence without a full stop", "[text]") {
  CHECK(sentences_of("no stop\n\nnext") == Texts{"no stop¶", "next¶"});
  CHECK(sentences_of("# Head\nbody goes\non here") == Texts{"# Head¶", "body goes\non here¶"});
  CHECK(sentences_of("text before\n## Head\nbody") == Texts{"text before¶", "## Head¶", "body¶"});
  CHECK(sentences_of("- one\n- two\n1. three") == Texts{"- one", "- two", "1. three¶"});
}

TEST_CASE("a sentence that is too long is cut at white space, or else between characters",
          "[text]") {
  CHECK(sentences_of("aaaa bbbb cccc", 10) == Texts{"aaaa bbbb", "cccc¶"});
  CHECK(sentences_of("äöüß", 5) == Texts{"äö", "üß¶"});
}

TEST_CASE("a run of full stops is looked through once, however long it is", "[text]") {
  // A step for each pair of characters would take hours.
  constexpr std::size_t kLength = 1'000'000;
  const std::string dots(kLength, '.'), blanks(kLength, ' ');
  CHECK(split_sentences("a" + dots + "b", 100).size() == kLength / 100 + 1);
  CHECK(split_sentences("a" + dots + blanks + "b", 100).size() == kLength / 100 + 2);
}

TEST_CASE("each full stop of a run is judged by its own letter", "[text]") {
  CHECK(sentences_of("By J. Doe.. Next") == Texts{"By J. Doe..", "Next¶"});
  CHECK(sentences_of("See a.. Next") == Texts{"See a..", "Next¶"});
}

TEST_CASE("a text of nothing but white space has no sentence", "[text]") {
  CHECK(sentences_of("").empty());
  CHECK(sentences_of(" \n\t\r\n ").empty());
}

TEST_CASE("whatever the bytes, sentences are in order, not empty, and leave out white space only",
          "[text]") {
  const std::uint32_t seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const std::string pieces[] = {"a",  "B",  ".",  "!",    " ",    "\n",           "\n\n",
                                "# ", "- ", "1.", "\xFF", "\xC3", "\xE3\x80\x82", "\"",
                                ")",  "ä"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t i = random() % 60; i > 0; --i) text += pieces[random() % 16];
    const std::size_t limit = 4 + random() % 30;
    std::size_t at = 0;
    const auto all_white = [&](std::size_t begin, std::size_t end) {
      return text.substr(begin, end - begin).find_first_not_of(" \n") == std::string::npos;
    };
    for (const Sentence& sentence : split_sentences(text, limit)) {
      REQUIRE(sentence.begin >= at);
      REQUIRE(all_white(at, sentence.begin));
      REQUIRE(sentence.end > sentence.begin);
      // Closing marks stay with their sentence, whatever its length.
      const std::size_t closing =
          text.substr(sentence.begin, sentence.end - sentence.begin).find_last_not_of(".!)\"");
      if (closing != std::string::npos) REQUIRE(closing < limit);
      REQUIRE(text[sentence.begin] != ' ');
      REQUIRE(text[sentence.end - 1] != ' ');
      at = sentence.end;
    }
    REQUIRE(all_white(at, text.size()));
  }
}

}  // namespace
}  // namespace mayfly::text
