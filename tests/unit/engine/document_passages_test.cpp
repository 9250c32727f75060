// SPDX-License-Identifier: Apache-2.0
#include "engine/document_passages.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "unit/engine/tiny_collection.h"

namespace mayfly::engine {
namespace {

using Texts = std::vector<std::string>;

Texts passages_of(const DocumentView& document, const text::PassageLimits& limits = {}) {
  static const auto model = testing::tiny_transformer();
  return document_passages(model->tokenizer(), document, limits);
}

std::vector<PassageBytes> bytes_of(std::string_view text, const text::PassageLimits& limits = {}) {
  static const auto model = testing::tiny_transformer();
  return passage_bytes(model->tokenizer(), text, limits);
}

bool is_space(char byte) { return byte == ' ' || byte == '\n' || byte == '\t'; }

}  // namespace

TEST_CASE("a short document is one passage, after its title and headings in one line", "[engine]") {
  CHECK(passages_of({"1", "The cat sat.", "", "Cats", ""}) == Texts{"Cats The cat sat."});
  CHECK(passages_of({"1", "The cat sat.", "", "", "Pets\nCats"}) ==
        Texts{"Pets Cats The cat sat."});
  CHECK(passages_of({"1", "The cat sat.", "", "A", "B\nC"}) == Texts{"A B C The cat sat."});
  CHECK(passages_of({"1", "The cat sat.", "ignored", "", ""}) == Texts{"The cat sat."});
}

TEST_CASE("a document without text is its title and headings, or an empty passage", "[engine]") {
  CHECK(passages_of({"1", "", "", "Cats", "Dogs"}) == Texts{"Cats Dogs"});
  CHECK(passages_of({"1", " \n ", "", "Cats", ""}) == Texts{"Cats"});
  CHECK(passages_of({"1", "", "", "", ""}) == Texts{""});
  CHECK(bytes_of(" \n ").empty());
}

TEST_CASE("each passage of a long document begins with the same title", "[engine]") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "The cat sat on the mat. ";
  const Texts passages = passages_of({"1", text, "", "Cats", ""});
  REQUIRE(passages.size() > 3);
  for (const std::string& passage : passages) CHECK(passage.rfind("Cats The cat sat", 0) == 0);
}

TEST_CASE("a long title is cut where a character begins", "[engine]") {
  for (const std::string_view character : {"x", "\u00E9", "\u4E2D", "\U0001F600"}) {
    for (std::size_t before = 0; before < 4; ++before) {
      std::string title(before, 'a');
      while (title.size() < 2 * kMaxPrefixBytes) title += character;
      const std::string passage = passages_of({"1", "cat", "", title, ""}).front();
      REQUIRE(passage.size() > 4);
      const std::string prefix = passage.substr(0, passage.size() - 4);
      CHECK(passage.substr(prefix.size()) == " cat");
      CHECK(prefix.size() <= kMaxPrefixBytes);
      CHECK(prefix.size() + character.size() > kMaxPrefixBytes);
      CHECK((prefix.size() - before) % character.size() == 0);
      CHECK(title.rfind(prefix, 0) == 0);
    }
  }
  const std::string exact(kMaxPrefixBytes, 'x');
  CHECK(passages_of({"1", "cat", "", exact, ""}) == Texts{exact + " cat"});
  CHECK(passages_of({"1", "cat", "", std::string(999, '\x80'), ""}) == Texts{"cat"});
}

TEST_CASE("passages cover all of a text but white space, in order and without overlap",
          "[engine]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const std::vector<std::string> pieces{"the cat ", "sat. ", "Dogs! ", "\n\n", "\u4E2D\u6587\u3002",
                                        "x",        "  ",    "A b? ",  "\n",   "caf\u00E9 "};
  for (int round = 0; round < 60; ++round) {
    std::string text;
    for (std::size_t i = random() % 400; i > 0; --i) text += pieces[random() % pieces.size()];
    const auto passages = bytes_of(text, {1 + random() % 128, 0});
    std::size_t at = 0;
    for (const auto& [begin, end] : passages) {
      REQUIRE(begin >= at);
      REQUIRE(begin < end);
      REQUIRE(end <= text.size());
      REQUIRE(std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                          text.begin() + static_cast<std::ptrdiff_t>(begin), is_space));
      at = end;
    }
    REQUIRE(std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_space));
  }
}

TEST_CASE("passages that are appended follow what was there", "[engine]") {
  const auto model = testing::tiny_transformer();
  SecureVector<char> bytes{'a', 'b'};
  std::vector<std::size_t> ends{2};
  append_document_passages(model->tokenizer(), {"1", "cat", "", "T", ""}, {}, bytes, ends);
  append_document_passages(model->tokenizer(), {"1", "", "", "", ""}, {}, bytes, ends);
  CHECK(std::string(bytes.begin(), bytes.end()) == "abT cat");
  CHECK(ends == std::vector<std::size_t>{2, 7, 7});
}

}  // namespace mayfly::engine
