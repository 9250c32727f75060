// SPDX-License-Identifier: Apache-2.0
#include "lexical/word_variants.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "text/utf8.h"

using mayfly::lexical::allowed_typos;
using mayfly::lexical::for_each_continuation;
using mayfly::lexical::for_each_similar;
using mayfly::lexical::TermId;
using mayfly::lexical::Vocabulary;

namespace {

std::u32string decoded(const std::string& word) {
  std::u32string result;
  for (const char* at = word.data(); at != word.data() + word.size();) {
    const auto one = mayfly::text::decode_utf8(at, word.data() + word.size());
    result += one.value;
    at += one.byte_count;
  }
  return result;
}

// The whole table, as the definition has it.
std::size_t naive_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

// Few letters, so that near words are many; letters of one to three bytes.
std::string random_word(std::mt19937& random) {
  const char* const letters[] = {"a", "b", "c", "é", "ж", "я", "เ"};
  std::string word;
  for (std::size_t n = 1 + random() % 9; n > 0; --n) word += letters[random() % 7];
  return word;
}

}  // namespace

TEST_CASE("similar words are exactly those that the definition of the distance gives",
          "[lexical]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  Vocabulary vocabulary;
  std::map<std::string, TermId> words;
  for (int i = 0; i < 3000; ++i) {
    const std::string word = random_word(random);
    words[word] = vocabulary.find_or_add(word);
  }
  for (int round = 0; round < 60; ++round) {
    const std::string wanted = random_word(random);
    for (std::uint32_t most = 1; most <= 2; ++most) {
      std::map<TermId, std::uint32_t> expected, found;
      for (const auto& [word, id] : words) {
        const std::size_t distance = naive_distance(decoded(word), decoded(wanted));
        if (distance >= 1 && distance <= most) expected[id] = static_cast<std::uint32_t>(distance);
      }
      for_each_similar(vocabulary, wanted, most,
                       [&](TermId id, std::uint32_t distance) { found[id] = distance; });
      CAPTURE(wanted, most);
      REQUIRE(found == expected);
    }
  }
}

TEST_CASE("continuations are the longer words with that beginning", "[lexical]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  Vocabulary vocabulary;
  std::map<std::string, TermId> words;
  for (int i = 0; i < 2000; ++i) {
    const std::string word = random_word(random);
    words[word] = vocabulary.find_or_add(word);
  }
  for (int round = 0; round < 200; ++round) {
    const std::string prefix = random_word(random).substr(0, 4);
    std::vector<TermId> expected, found;
    for (const auto& [word, id] : words) {
      if (word.size() > prefix.size() && word.compare(0, prefix.size(), prefix) == 0) {
        expected.push_back(id);
      }
    }
    for_each_continuation(vocabulary, prefix, [&](TermId id) { found.push_back(id); });
    REQUIRE(found == expected);
  }
}

TEST_CASE("words of 5 letters may have one typo, words of 9 two", "[lexical]") {
  CHECK(allowed_typos(4) == 0);
  CHECK(allowed_typos(5) == 1);
  CHECK(allowed_typos(8) == 1);
  CHECK(allowed_typos(9) == 2);
}
