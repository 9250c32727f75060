// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <initializer_list>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tokenizer/tokenizer.h"
#include "unit/tokenizer/golden_files.h"

// Small tokenizer definitions for tests that need no model.
namespace mayfly::tokenizer::definitions {

inline const std::vector<std::string>& tokens() {
  static const std::vector<std::string> all = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "hello", "world",
                                               "##ing", "##s",   "!",     "sep",   "[",     "]"};
  return all;
}

inline nlohmann::json added_token(int id, const std::string& content, bool special = true) {
  return {{"id", id},        {"content", content}, {"special", special},    {"single_word", false},
          {"lstrip", false}, {"rstrip", false},    {"normalized", !special}};
}

// A sound definition over tokens(), without model.vocab.
inline nlohmann::json spec() {
  using nlohmann::json;
  const auto special = [](const char* name, int id) {
    return json{{"id", name}, {"ids", {id}}, {"tokens", {name}}};
  };
  json single = json::array({{{"SpecialToken", {{"id", "[CLS]"}, {"type_id", 0}}}},
                             {{"Sequence", {{"id", "A"}, {"type_id", 0}}}},
                             {{"SpecialToken", {{"id", "[SEP]"}, {"type_id", 0}}}}});
  return {{"version", "1.0"},
          {"truncation", {{"max_length", 3}}},  // must not matter
          {"padding", {{"strategy", {{"Fixed", 128}}}}},
          {"added_tokens", json::array({added_token(1, "[UNK]"), added_token(2, "[CLS]"),
                                        added_token(3, "[SEP]")})},
          {"normalizer",
           {{"type", "BertNormalizer"},
            {"clean_text", true},
            {"handle_chinese_chars", true},
            {"strip_accents", nullptr},
            {"lowercase", true}}},
          {"pre_tokenizer", {{"type", "BertPreTokenizer"}}},
          {"post_processor",
           {{"type", "TemplateProcessing"},
            {"single", single},
            {"special_tokens", {{"[CLS]", special("[CLS]", 2)}, {"[SEP]", special("[SEP]", 3)}}}}},
          {"model",
           {{"type", "WordPiece"},
            {"unk_token", "[UNK]"},
            {"continuing_subword_prefix", "##"},
            {"max_input_chars_per_word", 100}}}};
}

inline std::unique_ptr<Tokenizer> make(const nlohmann::json& definition = spec()) {
  return make_tokenizer(definition.dump(), golden::vocabulary_blob(tokens()));
}

using Ids = std::vector<TokenId>;

}  // namespace mayfly::tokenizer::definitions
