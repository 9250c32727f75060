// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <functional>

#include "base/error.h"
#include "unit/tokenizer/definitions.h"

namespace definitions = mayfly::tokenizer::definitions;
namespace golden = mayfly::tokenizer::golden;
using mayfly::ErrorCode;
using mayfly::tokenizer::make_tokenizer;
using mayfly::tokenizer::split_tokenizer_json;
using nlohmann::json;

namespace {

void expect_error(ErrorCode code, const std::string& part_of_message,
                  const std::function<void()>& action) {
  CAPTURE(part_of_message);
  try {
    action();
    FAIL_CHECK("accepted");
  } catch (const mayfly::Error& error) {
    CAPTURE(error.what());
    CHECK(error.code() == code);
    CHECK(std::string(error.what()).find(part_of_message) != std::string::npos);
  }
}

struct Defect {
  const char* pointer;  // JSON pointer of what is replaced
  json value;           // discarded: removed instead
  const char* part_of_message;
};

const json kRemoved = json(json::value_t::discarded);

void expect_defect(ErrorCode code, const Defect& defect) {
  json spec = definitions::spec();
  const json::json_pointer pointer(defect.pointer);
  if (defect.value.is_discarded()) {
    spec[pointer.parent_pointer()].erase(pointer.back());
  } else {
    spec[pointer] = defect.value;
  }
  CAPTURE(defect.pointer, spec.dump());
  expect_error(code, defect.part_of_message, [&] { definitions::make(spec); });
}

void expect_bad_vocabulary(const std::string& blob, const std::string& part_of_message) {
  expect_error(ErrorCode::kInvalidTokenizer, part_of_message,
               [&] { make_tokenizer(definitions::spec().dump(), blob); });
}

std::string whole_file(const json& vocabulary) {
  json whole = definitions::spec();
  whole["model"]["vocab"] = vocabulary;
  return whole.dump();
}

}  // namespace

TEST_CASE("text that is no JSON object is no tokenizer", "[tokenizer][hostile]") {
  const std::string blob = golden::vocabulary_blob(definitions::tokens());
  for (const char* spec : {"", "{", "[]", "null", "\"x\"", "{\"a\":\"\xFF\"}", "{}{}"}) {
    expect_error(ErrorCode::kInvalidTokenizer, "tokenizer.json",
                 [&] { make_tokenizer(spec, blob); });
    expect_error(ErrorCode::kInvalidTokenizer, "tokenizer.json",
                 [&] { split_tokenizer_json(spec); });
  }
  const std::string deep = std::string(1 << 20, '[') + std::string(1 << 20, ']');
  for (const std::string& spec : {deep, "{\"model\":" + deep + "}"}) {
    expect_error(ErrorCode::kInvalidTokenizer, "nested", [&] { make_tokenizer(spec, blob); });
    expect_error(ErrorCode::kInvalidTokenizer, "nested", [&] { split_tokenizer_json(spec); });
  }
}

TEST_CASE("a part of a wrong type, missing or out of range is named", "[tokenizer][hostile]") {
  const std::vector<Defect> defects = {
      {"/model", kRemoved, "model"},
      {"/model", 7, "model"},
      {"/model/type", 7, "model.type"},
      {"/model/unk_token", kRemoved, "model.unk_token"},
      {"/model/unk_token", nullptr, "model.unk_token"},
      {"/model/unk_token", "[NONE]", "unk_token"},
      {"/model/continuing_subword_prefix", 1, "model.continuing_subword_prefix"},
      {"/model/max_input_chars_per_word", -1, "model.max_input_chars_per_word"},
      {"/model/max_input_chars_per_word", 1.5, "model.max_input_chars_per_word"},
      {"/normalizer", "BertNormalizer", "normalizer"},
      {"/normalizer/type", kRemoved, "normalizer.type"},
      {"/normalizer/lowercase", 1, "normalizer.lowercase"},
      {"/normalizer/clean_text", kRemoved, "normalizer.clean_text"},
      {"/normalizer/strip_accents", "yes", "normalizer.strip_accents"},
      {"/pre_tokenizer/type", json::array(), "pre_tokenizer.type"},
      {"/added_tokens", json::object(), "added_tokens"},
      {"/added_tokens/0", "[UNK]", "added_tokens[]"},
      {"/added_tokens/0/id", -1, "added_tokens[].id"},
      {"/added_tokens/0/id", 4294967296u, "added_tokens[].id"},
      {"/added_tokens/0/id", 5, "added token \"[UNK]\""},
      {"/added_tokens/0/content", "", "added token"},
      {"/added_tokens/0/content", "[NEW]", "added token \"[NEW]\""},
      {"/added_tokens/0/lstrip", nullptr, "added_tokens[].lstrip"},
      {"/post_processor/single", kRemoved, "post_processor.single"},
      {"/post_processor/single/0", 1, "post_processor.single[]"},
      {"/post_processor/single/0/SpecialToken/id", "[X]", "[X]"},
      {"/post_processor/single/1/Sequence/id", "B", "other than A"},
      {"/post_processor/special_tokens", kRemoved, "post_processor.special_tokens"},
      {"/post_processor/special_tokens/[CLS]/ids", 2, "ids"},
      {"/post_processor/special_tokens/[CLS]/ids/0", 12, "the id 12"},
      {"/post_processor/special_tokens/[CLS]/ids/0", -2, "token id"},
  };
  for (const Defect& defect : defects) expect_defect(ErrorCode::kInvalidTokenizer, defect);
}

TEST_CASE("a part of a kind that Mayfly does not have is named", "[tokenizer][hostile]") {
  const std::vector<Defect> defects = {
      {"/model/type", "BPE", "model type BPE"},
      {"/model/type", "Unigram", "model type Unigram"},
      {"/normalizer/type", "Sequence", "normalizer Sequence"},
      {"/pre_tokenizer", nullptr, "pre-tokenizer null"},
      {"/pre_tokenizer/type", "Whitespace", "pre-tokenizer Whitespace"},
      {"/post_processor/type", "ByteLevel", "post-processor ByteLevel"},
      {"/post_processor/single", json::array(), "a template without the text"},
      {"/post_processor/single/0", {{"Sequence", {{"id", "A"}, {"type_id", 0}}}}, "twice"},
  };
  for (const Defect& defect : defects) expect_defect(ErrorCode::kUnsupportedModel, defect);
  expect_error(ErrorCode::kUnsupportedModel, "model type BPE", [] {
    split_tokenizer_json(R"({"model":{"type":"BPE","vocab":{"a":0},"merges":[]}})");
  });
}

TEST_CASE("parts that may be absent are", "[tokenizer][hostile]") {
  json spec = definitions::spec();
  for (const char* key :
       {"added_tokens", "post_processor", "normalizer", "padding", "truncation"}) {
    spec.erase(key);
  }
  spec["model"].erase("type");  // as in files of 2020
  CHECK(definitions::make(spec)->encode("hello Hello", {}).ids == definitions::Ids{4, 1});
}

TEST_CASE("a malformed vocabulary is an error", "[tokenizer][hostile]") {
  const std::string good = golden::vocabulary_blob(definitions::tokens());
  expect_bad_vocabulary("", "empty");
  expect_bad_vocabulary(good.substr(0, good.size() - 1), "NUL");
  expect_bad_vocabulary(good + "\xC3" + '\0', "UTF-8");
  expect_bad_vocabulary(good + "hello" + '\0', "twice");
  expect_bad_vocabulary(good + '\0', "0 bytes");
  expect_bad_vocabulary(good + std::string(1025, 'x') + '\0', "1025 bytes");
  expect_bad_vocabulary(good.substr(0, 6), "unk_token");
}

TEST_CASE("a vocabulary cut off anywhere is an error or sound", "[tokenizer][hostile]") {
  const std::string good = golden::vocabulary_blob(definitions::tokens());
  std::size_t sound = 0;
  for (std::size_t length = 0; length < good.size(); ++length) {
    try {
      const std::string spec = definitions::spec().dump();
      sound += make_tokenizer(spec, std::string_view(good).substr(0, length)) != nullptr;
    } catch (const mayfly::Error& error) {
      CHECK(error.code() == ErrorCode::kInvalidTokenizer);
    }
  }
  // Behind each token from [UNK] on: where [CLS] and [SEP] are cut off, added_tokens put them back.
  CHECK(sound == definitions::tokens().size() - 2);
}

TEST_CASE("added tokens continue the vocabulary without a gap or an equal",
          "[tokenizer][hostile]") {
  json spec = definitions::spec();
  spec["added_tokens"].push_back(definitions::added_token(13, "[NEW]"));
  expect_error(ErrorCode::kInvalidTokenizer, "the id 12", [&] { definitions::make(spec); });
  spec["added_tokens"].back()["id"] = 12;
  CHECK(definitions::make(spec)->vocabulary_size() == 13);
  spec["added_tokens"].push_back(definitions::added_token(12, "[NEWER]"));
  expect_error(ErrorCode::kInvalidTokenizer, "[NEWER]", [&] { definitions::make(spec); });
  spec["added_tokens"].back() = definitions::added_token(13, std::string("a\0b", 3));
  expect_error(ErrorCode::kInvalidTokenizer, "NUL", [&] { definitions::make(spec); });
}

TEST_CASE("a vocabulary whose ids are not 0 to n-1 cannot be split", "[tokenizer][hostile]") {
  const auto reject = [](const json& vocabulary, const std::string& part_of_message) {
    expect_error(ErrorCode::kInvalidTokenizer, part_of_message,
                 [&] { split_tokenizer_json(whole_file(vocabulary)); });
  };
  reject({{"a", 0}, {"b", 2}}, "id 2");
  reject({{"a", 0}, {"b", 0}}, "twice");
  reject({{"a", 0}, {"b", -1}}, "token id");
  reject({{"a", 0}, {"b", "1"}}, "token id");
  reject({{"a", 0}, {"b", 1.0}}, "token id");
  reject({{"a", 0}, {std::string("b\0", 2), 1}}, "NUL");
  reject(json::array({"a"}), "model.vocab");
  expect_error(ErrorCode::kInvalidTokenizer, "model.vocab",
               [] { split_tokenizer_json(definitions::spec().dump()); });
}
