// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>

#include "lexical/lexical_index.h"
#include "unit/lexical/brute_force.h"

using namespace mayfly;
using lexical::LexicalIndex;
using lexical::MatchKind;
using lexical::WordScore;
using testing::BruteForceBm25;

namespace {

float sum_of(const std::vector<WordScore>& words) {
  float sum = 0;
  for (const WordScore& word : words) sum += word.score;
  return sum;
}

std::string random_words(std::mt19937& random, std::size_t count) {
  const char* const words[] = {"ab", "cd", "ef", "gh", "ij", "kl"};
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += std::string(words[random() % 6]) + " ";
  return text;
}

}  // namespace

TEST_CASE("what each word adds is its BM25 by definition", "[lexical]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  LexicalIndex index;
  BruteForceBm25 oracle;
  oracle.weights = {2, 1, 1};
  lexical::SearchOptions options;
  options.bm25.field_weights[lexical::kTitle] = 2;
  for (std::uint64_t row = 0; row < 30; ++row) {
    const std::string title = random_words(random, random() % 3);
    const std::string headings = random_words(random, random() % 3);
    const std::string body = random_words(random, random() % 20);
    index.append({title, headings, body});
    oracle.documents.push_back(
        {{oracle.split(title), oracle.split(headings), oracle.split(body)}, row});
  }
  index.remove(3);  // the last moves there
  oracle.documents[3] = oracle.documents.back();
  oracle.documents.pop_back();
  const std::string query = "ab ij cd ab nothing ";  // the space: none is being typed
  for (std::size_t row = 0; row < oracle.documents.size(); ++row) {
    const auto explained = index.explain(query, row, options);
    std::map<std::string, double> found;
    for (const WordScore& word : explained) {
      CHECK(word.kind == MatchKind::kExact);
      found[std::string(word.word)] = double{word.score};
    }
    CHECK(found.size() == explained.size());
    for (const char* words : {"ab ab", "ij", "cd"}) {
      const auto asked = BruteForceBm25::split(words);
      const double expected = oracle.score(oracle.documents[row], asked);
      CHECK((found.count(asked[0]) ? found[asked[0]] : 0.0) == Approx(expected).margin(1e-5));
    }
  }
}

TEST_CASE("the words of a row add up to its score in a search, variants too", "[lexical]") {
  LexicalIndex index;
  for (const char* text : {"installing packages", "install the package", "instal it", "remove",
                           "reinstallation", "the installer of packages installs packages"}) {
    index.append({{}, {}, text});
  }
  for (const char* query : {"install", "packges inst", "remove", "the \"install the\" package"}) {
    INFO(query);
    for (const auto& hit : index.search(query, 10)) {
      CHECK(sum_of(index.explain(query, hit.row)) == Approx(hit.score).epsilon(1e-5));
    }
  }
}

TEST_CASE("words say how they stand for those of the query, best first", "[lexical]") {
  LexicalIndex index;
  index.append({{}, {}, "packages are installed"});
  index.append({{}, {}, "nothing"});
  const auto words = index.explain("packges instal", 0);
  REQUIRE(words.size() == 2);
  CHECK(words[0].score >= words[1].score);
  for (const WordScore& word : words) {
    const bool typo = word.query_begin == 0;
    CHECK(word.word == (typo ? "packages" : "installed"));
    CHECK(word.kind == (typo ? MatchKind::kTypo : MatchKind::kPrefix));
    CHECK(word.query_end == (typo ? 7u : 14u));
  }
  CHECK(index.explain("packges instal", 1).empty());
}
