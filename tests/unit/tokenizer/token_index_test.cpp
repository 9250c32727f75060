// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/token_index.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "base/error.h"

using mayfly::ErrorCode;
using mayfly::tokenizer::TokenId;
using mayfly::tokenizer::TokenIndex;
using mayfly::tokenizer::Vocabulary;

namespace {

Vocabulary vocabulary_of(const std::vector<std::string>& tokens) {
  Vocabulary vocabulary;
  for (const std::string& token : tokens) vocabulary.append(token);
  return vocabulary;
}

std::string random_word(std::mt19937& random, std::size_t max_bytes) {
  std::string word(1 + random() % max_bytes, 'a');
  for (char& letter : word) letter = static_cast<char>('a' + random() % 3);
  return word;
}

// Brute force: the longest of all tokens that `prefix + text` begins with and that hold the prefix
// and something more.
TokenIndex::Match longest_by_trying_all(const std::vector<std::string>& tokens,
                                        const std::string& prefix, const std::string& text) {
  TokenIndex::Match best{TokenIndex::kNone, 0};
  const std::string whole = prefix + text;
  for (std::size_t id = 0; id < tokens.size(); ++id) {
    const std::string& token = tokens[id];
    if (token.size() > prefix.size() + best.byte_count && whole.starts_with(token)) {
      best = {static_cast<TokenId>(id), token.size() - prefix.size()};
    }
  }
  return best;
}

}  // namespace

TEST_CASE("longest match agrees with trying every token", "[tokenizer][index]") {
  const unsigned seed = 20240302;
  INFO("seed " << seed);
  std::mt19937 random(seed);
  // Longest tokens on both sides of 63 bytes, where the filter stops to tell lengths apart.
  for (const std::size_t max_bytes : {3u, 8u, 62u, 64u, 66u, 200u}) {
    std::set<std::string> unique;
    for (int i = 0; i < 300; ++i) {
      // Tokens that extend one another make matches of many lengths.
      std::string token = random_word(random, max_bytes / 2);
      if (!unique.empty() && random() % 2 == 0)
        token = (*unique.begin() + token).substr(0, max_bytes);
      unique.insert((random() % 2 == 0 ? "##" : "") + token);
    }
    const std::vector<std::string> tokens(unique.begin(), unique.end());
    const Vocabulary vocabulary = vocabulary_of(tokens);
    TokenIndex index(vocabulary, "##");
    for (std::size_t id = 0; id < tokens.size(); ++id) {
      REQUIRE(index.insert(static_cast<TokenId>(id)));
    }
    for (int i = 0; i < 2000; ++i) {
      std::string text = tokens[random() % tokens.size()];
      text += random_word(random, 10);
      if (text.starts_with("##")) text.erase(0, 2);
      const auto expected = longest_by_trying_all(tokens, "", text);
      const auto found = index.longest_match(text);
      REQUIRE(found.id == expected.id);
      REQUIRE(found.byte_count == expected.byte_count);
      const auto expected_after = longest_by_trying_all(tokens, "##", text);
      const auto found_after = index.longest_match_after_prefix(text);
      REQUIRE(found_after.id == expected_after.id);
      REQUIRE(found_after.byte_count == expected_after.byte_count);
    }
  }
}

TEST_CASE("an equal token is found once, the first one", "[tokenizer][index]") {
  const Vocabulary vocabulary = vocabulary_of({"a", "b", "a"});
  TokenIndex index(vocabulary, "");
  CHECK(index.insert(0));
  CHECK(index.insert(1));
  CHECK_FALSE(index.insert(2));
  CHECK(index.find("a") == 0);
  CHECK(index.find("c") == TokenIndex::kNone);
  CHECK(index.longest_match("").id == TokenIndex::kNone);
}

TEST_CASE("the prefix alone continues nothing", "[tokenizer][index]") {
  const Vocabulary vocabulary = vocabulary_of({"##", "##a"});
  TokenIndex index(vocabulary, "##");
  index.insert(0);
  index.insert(1);
  CHECK(index.longest_match_after_prefix("b").id == TokenIndex::kNone);
  CHECK(index.longest_match_after_prefix("ab").id == 1);
  CHECK(index.longest_match("##a").id == 1);
}

TEST_CASE("a token of 1,024 bytes is found and a longer one is refused", "[tokenizer][index]") {
  const std::string longest(TokenIndex::kMaxTokenBytes, 'x');
  const Vocabulary vocabulary = vocabulary_of({longest, longest + "x", ""});
  TokenIndex index(vocabulary, "");
  CHECK(index.insert(0));
  CHECK(index.longest_match(longest + "xyz").byte_count == longest.size());
  for (const TokenId id : {1, 2}) {
    try {
      index.insert(id);
      FAIL("accepted");
    } catch (const mayfly::Error& error) {
      CHECK(error.code() == ErrorCode::kInvalidTokenizer);
    }
  }
}
