// SPDX-License-Identifier: Apache-2.0
#include "lexical/lexical_index.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "unit/base/block_recorder.h"
#include "unit/engine/thrown_code.h"
#include "unit/lexical/brute_force.h"

using mayfly::ErrorCode;
using mayfly::lexical::DocumentText;
using mayfly::lexical::LexicalHit;
using mayfly::lexical::LexicalIndex;
using mayfly::lexical::MatchKind;
using mayfly::lexical::SearchOptions;
using mayfly::lexical::Typos;
using mayfly::testing::BruteForceBm25;
using mayfly::testing::thrown_code;

namespace {

// Every word is what it is: no completion, no typos.
SearchOptions plain() {
  SearchOptions options;
  options.complete_last_word = false;
  options.typos = Typos::kOff;
  return options;
}

LexicalIndex index_of(const std::vector<std::string>& bodies) {
  LexicalIndex index;
  for (const std::string& body : bodies) index.append({"", "", body});
  return index;
}

std::vector<std::size_t> rows(const std::vector<LexicalHit>& hits) {
  std::vector<std::size_t> result;
  for (const LexicalHit& hit : hits) result.push_back(hit.row);
  return result;
}

using Rows = std::vector<std::size_t>;

std::string random_text(std::mt19937& random, std::size_t most_words) {
  std::string text;
  for (std::size_t n = random() % (most_words + 1); n > 0; --n) {
    // Skewed, as words are: low numbers are frequent.
    const double u = static_cast<double>(random() % 10000) / 10000;
    text += "w" + std::to_string(static_cast<int>(40 * u * u * u)) + " ";
  }
  return text;
}

void check_search(const LexicalIndex& index, const BruteForceBm25& oracle, std::mt19937& random,
                  const SearchOptions& options) {
  // Fewer words than a sentence, in which one quoted word is not required.
  const std::string wanted = random_text(random, 3), required = random_text(random, 2);
  const std::string excluded = random_text(random, 2);
  const bool with_required = random() % 3 == 0 && !required.empty();
  const bool with_excluded = random() % 3 == 0 && !excluded.empty();
  std::string query = wanted;
  if (with_required) query += "\"" + required + "\" ";
  if (with_excluded) query += "-\"" + excluded + "\" ";
  const auto expected =
      oracle.search(BruteForceBm25::split(wanted),
                    with_required ? BruteForceBm25::split(required) : std::vector<std::string>{},
                    with_excluded ? BruteForceBm25::split(excluded) : std::vector<std::string>{});
  const auto hits = index.search(query, 1000, options);
  CAPTURE(query);
  REQUIRE(hits.size() == expected.size());
  for (std::size_t i = 0; i < hits.size(); ++i) {
    // Places are compared by score: float and double may order near equals differently.
    REQUIRE(hits[i].score == Approx(expected[i].score).epsilon(1e-4));
    const auto same = std::find_if(expected.begin(), expected.end(), [&](const auto& hit) {
      return hit.row == hits[i].row && std::fabs(hit.score - hits[i].score) < 1e-4 * hit.score;
    });
    REQUIRE(same != expected.end());
  }
}

}  // namespace

TEST_CASE("hits are those of BM25's definition through random additions, updates and removals",
          "[lexical]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  SearchOptions options = plain();
  options.bm25 = {0.9f, 0.4f, {2.0f, 1.5f, 1.0f}};
  LexicalIndex index;
  BruteForceBm25 oracle{0.9, 0.4, {2, 1.5, 1}, {}};
  std::uint64_t insertions = 0;
  for (int step = 0; step < 1500; ++step) {
    const std::string title = random_text(random, 3), headings = random_text(random, 4),
                      body = random_text(random, 20);
    const DocumentText text{title, headings, body};
    BruteForceBm25::Document document{
        {BruteForceBm25::split(title), BruteForceBm25::split(headings),
         BruteForceBm25::split(body)},
        0};
    const auto choice = static_cast<unsigned>(random() % 10);
    const std::size_t row = oracle.documents.empty() ? 0 : random() % oracle.documents.size();
    if (choice < 5 || oracle.documents.empty()) {
      index.append(text);
      document.insertion = insertions++;
      oracle.documents.push_back(document);
    } else if (choice < 7) {
      index.replace(row, text);
      document.insertion = oracle.documents[row].insertion;
      oracle.documents[row] = document;
    } else {
      index.remove(row);
      oracle.documents[row] = oracle.documents.back();
      oracle.documents.pop_back();
    }
    REQUIRE(index.size() == oracle.documents.size());
    if (step % 5 == 0 && !oracle.documents.empty()) check_search(index, oracle, random, options);
  }
  while (index.size() > 0) index.remove(random() % index.size());
  CHECK(index.word_count() == 0);
}

TEST_CASE("equal scores keep the order of insertion, whatever rows moved", "[lexical]") {
  LexicalIndex index = index_of({"fish", "cat", "cat", "cat", "cat"});
  index.remove(0);  // the last row is now row 0
  CHECK(rows(index.search("cat", 9, plain())) == Rows{1, 2, 3, 0});
  index.replace(2, {"", "", "cat"});
  CHECK(rows(index.search("cat", 2, plain())) == Rows{1, 2});
}

TEST_CASE("a field of more weight counts more, of weight 0 not at all", "[lexical]") {
  LexicalIndex index;
  index.append({"", "", "cat dog"});
  index.append({"cat", "", "dog"});
  SearchOptions options = plain();
  options.bm25.field_weights = {3, 1, 1};
  CHECK(rows(index.search("cat", 9, options)) == Rows{1, 0});
  options.bm25.field_weights = {0, 1, 1};
  CHECK(rows(index.search("cat", 9, options)) == Rows{0});
}

TEST_CASE("a phrase must stand word after word in one field", "[lexical]") {
  LexicalIndex index = index_of({"the cat sat", "the sat cat", "cat"});
  index.append({"the cat", "", "sat"});
  CHECK(rows(index.search("\"cat sat\"", 9)) == Rows{0});
  CHECK(rows(index.search("the -\"cat sat\"", 9)) == Rows{1, 3});
  CHECK(rows(index.search("“cat sat”", 9)) == Rows{0});
  CHECK(rows(index.search("\"cat sat", 9)) == Rows{0});
  CHECK(index.search("\"cat unknown\"", 9).empty());
}

TEST_CASE("a word in quotes must occur, but within a sentence quotes are emphasis", "[lexical]") {
  const LexicalIndex index = index_of({"how the cat sat down", "the dog sees", "a cat naps"});
  CHECK(rows(index.search("cat \"sees\"", 9)) == Rows{1});
  CHECK(rows(index.search("how the cat \"sees\"", 9)) == Rows{1});
  CHECK(rows(index.search("how the cat \"sees\" down", 9, plain())) == Rows{0, 1, 2});
  // It counts, and words that are excluded or stand in a phrase make no sentence.
  CHECK(rows(index.search("is what a big \"sees\"", 1, plain())) == Rows{1});
  CHECK(rows(index.search("how the cat -down \"sees\"", 9)) == Rows{1});
  CHECK(rows(index.search("how the cat \"sat down\" \"sees\"", 9)).empty());
  CHECK(rows(index.search("how the cat naps \"dog sees\"", 9)) == Rows{1});
}

TEST_CASE("a minus sign excludes only at the beginning of a word", "[lexical]") {
  const LexicalIndex index = index_of({"cat dog", "cat", "state of the art"});
  CHECK(rows(index.search("cat -dog", 9)) == Rows{1});
  CHECK(rows(index.search("state-of-the-art", 9)) == Rows{2});
  CHECK(index.search("-dog", 9).empty());
  CHECK(rows(index.search("cat - dog", 9)).size() == 2);
}

TEST_CASE("Chinese, Japanese and Korean are found by pairs, within runs and at their ends",
          "[lexical]") {
  const LexicalIndex index = index_of(
      {"我买了新手机壳。", "机器学习很有趣", "黒猫", "猫が好き", "서울에서 만나요", "iPhone手机"});
  CHECK(rows(index.search("手机", 9)) == Rows{5, 0});
  CHECK(rows(index.search("机器学习", 9)) == Rows{1});
  CHECK(rows(index.search("猫", 9)).size() == 2);
  CHECK(rows(index.search("서울", 9)) == Rows{4});
  CHECK(rows(index.search("\"手机壳\"", 9)) == Rows{0});
  CHECK(rows(index.search("\"手机\"", 9)).size() == 2);
  CHECK(index.search("\"机手\"", 9).empty());
  CHECK(rows(index.search("手机 -壳", 9)) == Rows{5});
}

TEST_CASE("the last word is completed while it is being typed, and no longer after a space",
          "[lexical]") {
  const LexicalIndex index = index_of({"react components", "reactive streams", "angular"});
  CHECK(rows(index.search("reac", 9)) == Rows{0, 1});
  CHECK(index.search("reac ", 9).empty());
  CHECK(index.search("reac of", 9).empty());
  CHECK(rows(index.search("react", 9)) == Rows{0, 1});
  SearchOptions options;
  options.complete_last_word = false;
  CHECK(rows(index.search("react", 9, options)) == Rows{0});
}

TEST_CASE("a rare word does not weigh less because many documents have what it begins",
          "[lexical]") {
  const LexicalIndex index =
      index_of({"form", "formal", "formal", "formal", "formal", "input", "input", "input"});
  const float typed = index.search("form ", 1).front().score;
  CHECK(index.search("form", 1).front().score == Approx(typed));
}

TEST_CASE("typos are forgiven in words that no document has", "[lexical]") {
  const LexicalIndex index = index_of({"documentation", "component", "hook", "hock"});
  CHECK(rows(index.search("docuemntatoin ", 9)) == Rows{0});
  CHECK(rows(index.search("componant ", 9)) == Rows{1});
  CHECK(index.search("hoik ", 9).empty());
  CHECK(rows(index.search("hook ", 9)) == Rows{2});
  SearchOptions options;
  options.typos = Typos::kOff;
  CHECK(index.search("componant ", 9, options).empty());
}

TEST_CASE("an explanation names what matched, and its parts add up to the score", "[lexical]") {
  const LexicalIndex index =
      index_of({"react hooks and components", "reactive components", "component hooks"});
  SearchOptions options;
  options.explain = true;
  const std::string query = "hooks componants react";
  const auto hits = index.search(query, 9, options);
  REQUIRE(hits.size() == 3);
  for (const LexicalHit& hit : hits) {
    float sum = 0;
    for (const auto& word : hit.words) sum += word.score;
    CHECK(sum == Approx(hit.score).epsilon(1e-5));
  }
  REQUIRE(hits[0].row == 0);
  bool typo = false, exact = false;
  for (const auto& word : hits[0].words) {
    const std::string typed = query.substr(word.query_begin, word.query_end - word.query_begin);
    typo |= typed == "componants" && word.word == "components" && word.kind == MatchKind::kTypo;
    exact |= typed == "react" && word.word == "react" && word.kind == MatchKind::kExact;
  }
  CHECK(typo);
  CHECK(exact);
}

TEST_CASE("an index without documents, words or a query finds nothing", "[lexical]") {
  LexicalIndex index;
  CHECK(index.search("cat", 5).empty());
  index.append({"", "", ""});
  index.append({"...", "", "!?"});
  CHECK(index.search("cat", 5).empty());
  CHECK(index.search("", 5).empty());
  CHECK(index.search("\"\" - -\"\" \"", 5).empty());
  index.remove(0);
  index.replace(0, {"", "", "cat"});
  CHECK(rows(index.search("cat", 5)) == Rows{0});
  index.clear();
  CHECK(index.size() == 0);
  CHECK(index.search("cat", 5).empty());
}

TEST_CASE("searches that make no sense are typed errors", "[lexical]") {
  const LexicalIndex index = index_of({"cat"});
  const auto code = [&](std::size_t k, float k1, float b, float weight) {
    SearchOptions options;
    options.bm25 = {k1, b, {weight, 1, 1}};
    return thrown_code([&] { index.search("cat", k, options); });
  };
  const float nan = std::numeric_limits<float>::quiet_NaN();
  CHECK(code(1, 1.2f, 0.75f, 1) == std::nullopt);
  CHECK(code(0, 1.2f, 0.75f, 1) == ErrorCode::kInvalidArgument);
  CHECK(code(1, -1, 0.75f, 1) == ErrorCode::kInvalidArgument);
  CHECK(code(1, nan, 0.75f, 1) == ErrorCode::kInvalidArgument);
  CHECK(code(1, 1.2f, 1.5f, 1) == ErrorCode::kInvalidArgument);
  CHECK(code(1, 1.2f, nan, 1) == ErrorCode::kInvalidArgument);
  CHECK(code(1, 1.2f, 0.75f, nan) == ErrorCode::kInvalidArgument);
  CHECK(code(1, 1.2f, 0.75f, -1) == ErrorCode::kInvalidArgument);
}

TEST_CASE("100,000 distinct words are found and forgotten", "[lexical]") {
  LexicalIndex index;
  for (int i = 0; i < 100; ++i) {
    std::string body;
    for (int j = 0; j < 1000; ++j) body += "n" + std::to_string(i * 1000 + j) + " ";
    index.append({"", "", body});
  }
  CHECK(index.word_count() == 100000);
  CHECK(rows(index.search("n42007", 5, plain())) == Rows{42});
  index.remove(42);
  CHECK(index.word_count() == 99000);
  CHECK(index.search("n42007", 5, plain()).empty());
}

TEST_CASE("what an index forgets is zeroed, and a removed word is nowhere", "[lexical]") {
  mayfly::testing::BlockRecorder recorder;
  {
    LexicalIndex index;
    index.append({"secretword", "", "common words of two documents"});
    for (int i = 0; i < 50; ++i) index.append({"", "", "common filler" + std::to_string(i)});
    CHECK(recorder.holds("secretword"));
    index.search("secretwrod filler", 5);
    index.replace(1, {"", "", "hiddenword"});
    index.remove(1);
    index.remove(0);
    CHECK_FALSE(recorder.holds("secretword"));
    CHECK_FALSE(recorder.holds("hiddenword"));
  }
  CHECK(recorder.live() == 0);
  CHECK(recorder.freed_dirty() == 0);
}

TEST_CASE("any bytes can be indexed and asked for", "[lexical]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto bytes = [&](std::size_t most) {
    // Syntax, letters of several scripts and fragments of them.
    const char* const parts[] = {"\"",   "-", " ",      "a",      "cat",  "\xE7", "猫",       "が",
                                 "\xFF", "é", "\u0301", "\u3099", "한국", "“",    "\xF0\x9F", "_9"};
    std::string text;
    for (std::size_t n = random() % most; n > 0; --n) text += parts[random() % 16];
    return text;
  };
  LexicalIndex index;
  SearchOptions options;
  options.explain = true;
  options.typos = Typos::kAlways;
  for (int round = 0; round < 1000; ++round) {
    const std::string title = bytes(8), body = bytes(60), query = bytes(20);
    if (index.size() > 50) index.remove(random() % index.size());
    index.append({title, "", body});
    for (const LexicalHit& hit : index.search(query, 10, options)) {
      if (!(hit.row < index.size() && hit.score > 0 && std::isfinite(hit.score))) FAIL("hit");
    }
    std::size_t end = 0;
    for (const auto& range : index.find_matches(query, body, options)) {
      if (range.begin < end || range.end <= range.begin || range.end > body.size()) FAIL("range");
      end = range.end;
    }
  }
}
