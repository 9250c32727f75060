// SPDX-License-Identifier: Apache-2.0
#include "engine/model.h"

#include <catch2/catch.hpp>

#include "unit/engine/thrown_code.h"
#include "unit/model/tiny_model.h"

using mayfly::ErrorCode;
using mayfly::engine::Model;
using mayfly::testing::thrown_code;
using mayfly::testing::TinyModel;

namespace {

auto load_code(const TinyModel& tiny) {
  return thrown_code([&] { Model::load(tiny.file()); });
}

std::string sentence_with_limit(int max_tokens) {
  return "{\"max_tokens\":" + std::to_string(max_tokens) +
         R"(,"pooling":"mean","normalize":true,"query_prefix":"","document_prefix":""})";
}

}  // namespace

TEST_CASE("a model knows its name, fingerprint, dimension and token limit", "[engine]") {
  const auto model = Model::load(TinyModel().file());
  CHECK(model->name() == "tiny");
  CHECK(model->fingerprint() == std::string(64, '0'));
  CHECK(model->dim() == 16);
  CHECK(model->max_tokens() == 8);
  CHECK(model->tokenizer().encode("cats", {}).ids == std::vector<std::int32_t>{1, 6, 8, 2});
}

TEST_CASE("a tokenizer that names ids beyond the embedding table is refused", "[engine]") {
  TinyModel tiny;
  tiny.vocabulary += std::string("extra\0", 6);
  CHECK(load_code(tiny) == ErrorCode::kTokenOutOfRange);
}

TEST_CASE("an added token beyond the embedding table is refused", "[engine]") {
  TinyModel tiny;
  std::string& spec = tiny.metadata["tokenizer"];
  const std::string none = R"("added_tokens":[])";
  spec.replace(spec.find(none), none.size(),
               R"("added_tokens":[{"id":16,"content":"[NEW]","special":true,"single_word":false,)"
               R"("lstrip":false,"rstrip":false,"normalized":false}])");
  CHECK(load_code(tiny) == ErrorCode::kTokenOutOfRange);
}

TEST_CASE("a token limit must leave room for text and have positions", "[engine]") {
  TinyModel tiny;
  tiny.metadata["sentence"] = sentence_with_limit(12);
  CHECK(load_code(tiny) == std::nullopt);
  tiny.metadata["sentence"] = sentence_with_limit(13);
  CHECK(load_code(tiny) == ErrorCode::kInvalidModel);
  tiny.metadata["sentence"] = sentence_with_limit(3);
  CHECK(load_code(tiny) == std::nullopt);
  tiny.metadata["sentence"] = sentence_with_limit(2);
  CHECK(load_code(tiny) == ErrorCode::kInvalidModel);
}

TEST_CASE("a model of another format version is refused", "[engine]") {
  TinyModel tiny;
  tiny.metadata["mayfly.format"] = "2";
  CHECK(load_code(tiny) == ErrorCode::kUnsupportedModel);
}

TEST_CASE("a model without a required piece of metadata is refused", "[engine]") {
  for (const char* key :
       {"mayfly.format", "name", "fingerprint", "config", "sentence", "tokenizer"}) {
    CAPTURE(key);
    TinyModel tiny;
    tiny.metadata.erase(key);
    CHECK(load_code(tiny) == ErrorCode::kInvalidModel);
  }
}

TEST_CASE("a fingerprint that is no SHA-256 is refused", "[engine]") {
  for (const std::string& fingerprint :
       {std::string(), std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'A')}) {
    TinyModel tiny;
    tiny.metadata["fingerprint"] = fingerprint;
    CHECK(load_code(tiny) == ErrorCode::kInvalidModel);
  }
}

TEST_CASE("a model without its vocabulary, or with a broken tokenizer, is refused", "[engine]") {
  TinyModel tiny;
  tiny.left_out = "tokenizer.vocab";
  CHECK(load_code(tiny) == ErrorCode::kInvalidModel);
  TinyModel broken;
  broken.metadata["tokenizer"] = "{";
  CHECK(load_code(broken) == ErrorCode::kInvalidTokenizer);
}

TEST_CASE("a tokenizer without a template is refused: an empty text would have no vector",
          "[engine]") {
  TinyModel tiny;
  std::string& spec = tiny.metadata["tokenizer"];
  const std::size_t begin = spec.find(R"("post_processor")");
  spec.replace(begin, spec.find(R"("added_tokens")") - begin, R"("post_processor":null,)");
  CHECK(load_code(tiny) == ErrorCode::kUnsupportedModel);
}
