// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "base/error.h"
#include "unit/tokenizer/definitions.h"

namespace definitions = mayfly::tokenizer::definitions;
using definitions::Ids;
using mayfly::ErrorCode;
using mayfly::tokenizer::Encoding;
using mayfly::tokenizer::Offset;
using mayfly::tokenizer::SpecialTokens;
using mayfly::tokenizer::TokenId;
using nlohmann::json;

namespace {

const SpecialTokens kParse = SpecialTokens::kParse;

Ids ids(const std::string& text, SpecialTokens special_tokens = SpecialTokens::kText) {
  return definitions::make()->encode(text, {.special_tokens = special_tokens}).ids;
}

}  // namespace

TEST_CASE("a word becomes its longest tokens and an uncoverable one is unknown", "[tokenizer]") {
  CHECK(ids("Hello worlds!") == Ids{2, 4, 5, 7, 8, 3});
  CHECK(ids("helloingsing") == Ids{2, 4, 6, 7, 6, 3});
  CHECK(ids("hellox world") == Ids{2, 1, 5, 3});
  CHECK(ids("") == Ids{2, 3});
  CHECK(ids(" \n\t ") == Ids{2, 3});
}

TEST_CASE("offsets count code points of the input and are absent unless asked for", "[tokenizer]") {
  const auto tokenizer = definitions::make();
  const Encoding encoding =
      tokenizer->encode("\xC3\xA9 H\xC3\xA9llos\xF0\x9F\x98\x80!", {.with_offsets = true});
  CHECK(encoding.ids == Ids{2, 1, 1, 8, 3});
  CHECK(encoding.offsets == std::vector<Offset>{{0, 0}, {0, 1}, {2, 9}, {9, 10}, {0, 0}});
  const Encoding accents = tokenizer->encode("h\xC3\xA9llos", {.with_offsets = true});
  CHECK(accents.ids == Ids{2, 4, 7, 3});
  CHECK(accents.offsets == std::vector<Offset>{{0, 0}, {0, 5}, {5, 6}, {0, 0}});
  CHECK(tokenizer->encode("hello", {}).offsets.empty());
}

TEST_CASE("ill-formed UTF-8 counts as U+FFFD, which is cleaned away", "[tokenizer]") {
  const Encoding encoding =
      definitions::make()->encode("\xFF\xED\xA0\x80hel\xE2\x82lo\xF0\x9F", {.with_offsets = true});
  CHECK(encoding.ids == Ids{2, 4, 3});
  CHECK(encoding.offsets[1] == Offset{4, 10});
}

TEST_CASE("NUL bytes are cleaned away and the text goes on behind them", "[tokenizer]") {
  CHECK(ids(std::string("hel\0lo\0 world", 13)) == Ids{2, 4, 5, 3});
}

TEST_CASE("special tokens in a text are plain text unless parsing is asked for", "[tokenizer]") {
  CHECK(ids("hello[SEP]world") == Ids{2, 4, 10, 9, 11, 5, 3});
  CHECK(ids("hello[SEP]world", kParse) == Ids{2, 4, 3, 5, 3});
  CHECK(ids("[sep]", kParse) == Ids{2, 10, 9, 11, 3});
  const Encoding encoding = definitions::make()->encode(
      "\xC3\xA9[SEP]\xC3\xA9", {.special_tokens = kParse, .with_offsets = true});
  CHECK(encoding.offsets == std::vector<Offset>{{0, 0}, {0, 1}, {1, 6}, {6, 7}, {0, 0}});
}

TEST_CASE("an added token that is not special is found in plain text too", "[tokenizer]") {
  json spec = definitions::spec();
  spec["added_tokens"].push_back(definitions::added_token(12, "Foo Bar", false));
  const auto tokenizer = definitions::make(spec);
  CHECK(tokenizer->vocabulary_size() == 13);
  CHECK(tokenizer->token(12) == "Foo Bar");
  CHECK(tokenizer->encode("hello foo BAR!", {}).ids == Ids{2, 4, 12, 8, 3});
}

// The reference's tokens and offsets, where it gives any: it fails on the text of the last check.
TEST_CASE("an added token may overlap white space that the one before it took", "[tokenizer]") {
  json spec = definitions::spec();
  const auto add = [&](int id, const std::string& content, bool lstrip, bool rstrip) {
    json token = definitions::added_token(id, content);
    token["lstrip"] = lstrip;
    token["rstrip"] = rstrip;
    spec["added_tokens"].push_back(token);
  };
  const auto encode = [&](const std::string& text) {
    return definitions::make(spec)->encode(
        text, {.special_tokens = kParse, .add_template = false, .with_offsets = true});
  };
  add(12, "<a>", false, true);
  add(13, " q", false, false);
  const Encoding overlapping = encode("hello<a>\xE3\x80\x80\xC2\xA0 qworld");
  CHECK(overlapping.ids == Ids{4, 12, 13, 5});
  CHECK(overlapping.offsets == std::vector<Offset>{{0, 5}, {5, 11}, {10, 12}, {12, 17}});
  add(14, " ", true, true);
  const Encoding spaces = encode("hello    world");
  CHECK(spaces.ids == Ids{4, 14, 5});
  CHECK(spaces.offsets == std::vector<Offset>{{0, 5}, {5, 9}, {9, 14}});
  CHECK(encode("<a> world").ids == Ids{12, 5});
  spec["added_tokens"].back()["rstrip"] = false;
  CHECK(encode("<a>   world").ids == Ids{12, 5});
}

TEST_CASE("truncation keeps the template and counts what it drops", "[tokenizer]") {
  const auto tokenizer = definitions::make();
  const std::string text = "hello world worlds hello[SEP]!";  // 9 tokens as plain text
  for (std::size_t max_length = 2; max_length < 14; ++max_length) {
    const Encoding whole = tokenizer->encode(text, {.with_offsets = true});
    const Encoding cut = tokenizer->encode(text, {.max_length = max_length, .with_offsets = true});
    const std::size_t kept = std::min<std::size_t>(whole.ids.size(), max_length);
    REQUIRE(cut.ids.size() == kept);
    REQUIRE(cut.offsets.size() == kept);
    CHECK(cut.dropped == whole.ids.size() - kept);
    CHECK(cut.truncated() == (max_length < whole.ids.size()));
    CHECK(cut.ids.front() == 2);
    CHECK(cut.ids.back() == 3);
    CHECK(std::equal(cut.ids.begin(), cut.ids.end() - 1, whole.ids.begin()));
    CHECK(std::equal(cut.offsets.begin(), cut.offsets.end() - 1, whole.offsets.begin()));
  }
  CHECK(tokenizer->encode(text, {.max_length = 256}).dropped == 0);
}

TEST_CASE("without the template all of max_length is the text's", "[tokenizer]") {
  const Encoding encoding =
      definitions::make()->encode("hello world!", {.max_length = 1, .add_template = false});
  CHECK(encoding.ids == Ids{4});
  CHECK(encoding.dropped == 2);
}

TEST_CASE("a max_length below the template's size is an error", "[tokenizer]") {
  try {
    definitions::make()->encode("hello", {.max_length = 1});
    FAIL("accepted");
  } catch (const mayfly::Error& error) {
    CHECK(error.code() == ErrorCode::kInvalidArgument);
  }
}

TEST_CASE("the file's own truncation and padding are ignored", "[tokenizer]") {
  CHECK(ids("hello world hello world").size() == 6);  // its max_length is 3, padded to 128
}

TEST_CASE("a token is looked up by its id", "[tokenizer]") {
  const auto tokenizer = definitions::make();
  CHECK(tokenizer->vocabulary_size() == definitions::tokens().size());
  CHECK(tokenizer->token(0) == "[PAD]");
  CHECK(tokenizer->token(11) == "]");
  for (const TokenId id : {-1, 12}) {
    try {
      tokenizer->token(id);
      FAIL("accepted");
    } catch (const mayfly::Error& error) {
      CHECK(error.code() == ErrorCode::kTokenOutOfRange);
    }
  }
}

TEST_CASE("the model's two parts are the file's definition and its tokens in id order",
          "[tokenizer]") {
  json whole = definitions::spec();
  for (std::size_t id = 0; id < definitions::tokens().size(); ++id) {
    whole["model"]["vocab"][definitions::tokens()[id]] = id;
  }
  const auto parts = mayfly::tokenizer::split_tokenizer_json(whole.dump());
  CHECK(parts.vocabulary == mayfly::tokenizer::golden::vocabulary_blob(definitions::tokens()));
  CHECK(json::parse(parts.spec_json) == definitions::spec());
}
