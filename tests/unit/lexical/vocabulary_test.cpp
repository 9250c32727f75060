// SPDX-License-Identifier: Apache-2.0
#include "lexical/vocabulary.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

using mayfly::lexical::kNoTerm;
using mayfly::lexical::TermId;
using mayfly::lexical::Vocabulary;

TEST_CASE("a vocabulary is a map from words to ids through additions and removals", "[lexical]") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  Vocabulary vocabulary;
  std::map<std::string, TermId> oracle;
  for (int step = 0; step < 30000; ++step) {
    // Removals outweigh for a while now and then, so that the words' bytes are compacted.
    const std::string word = "w" + std::to_string(random() % 3000);
    const bool remove = random() % 10 < (step / 3000 % 2 == 0 ? 3u : 7u);
    const auto found = oracle.find(word);
    REQUIRE(vocabulary.find(word) == (found == oracle.end() ? kNoTerm : found->second));
    if (!remove) {
      const TermId id = vocabulary.find_or_add(word);
      if (found != oracle.end()) REQUIRE(id == found->second);
      oracle[word] = id;
    } else if (found != oracle.end()) {
      vocabulary.remove(found->second);
      oracle.erase(found);
    }
    REQUIRE(vocabulary.size() == oracle.size());
    if (step % 500 != 0) continue;
    std::vector<TermId> expected;
    for (const auto& [text, id] : oracle) {
      if (vocabulary.word(id) != text) FAIL("word of an id");
      expected.push_back(id);
    }
    const auto sorted = vocabulary.sorted();
    REQUIRE(std::vector<TermId>(sorted.begin(), sorted.end()) == expected);
  }
}

TEST_CASE("ids of removed words are given again", "[lexical]") {
  Vocabulary vocabulary;
  const TermId cat = vocabulary.find_or_add("cat");
  vocabulary.find_or_add("dog");
  vocabulary.remove(cat);
  CHECK(vocabulary.find("cat") == kNoTerm);
  CHECK(vocabulary.find_or_add("bird") == cat);
  CHECK(vocabulary.id_limit() == 2);
}
