// SPDX-License-Identifier: Apache-2.0
// A static model file behind engine::Model: what is refused, and that the engine works with it as
// with a transformer.
#include <catch2/catch.hpp>

#include "engine/embed_job.h"
#include "engine/model.h"
#include "unit/engine/thrown_code.h"
#include "unit/engine/tiny_collection.h"
#include "unit/model/tiny_static_model.h"

namespace mayfly::engine {
namespace {

using testing::thrown_code;
using testing::TinyStaticModel;

auto load_code(const TinyStaticModel& tiny) {
  return thrown_code([&] { Model::load(tiny.file()); });
}

std::vector<float> embed_one(const std::shared_ptr<const Model>& model, std::string_view text) {
  EmbedJob job(model, {&text, 1});
  while (!job.step(1000)) {
  }
  return {job.vector(0).begin(), job.vector(0).end()};
}

}  // namespace

TEST_CASE("a static model loads, says what it is and has no transformer", "[engine]") {
  const auto model = Model::load(TinyStaticModel().file());
  CHECK(model->name() == "tiny-static");
  CHECK(model->dim() == 16);
  CHECK(model->max_tokens() == 8);
  CHECK(thrown_code([&] { (void)model->encoder(); }) == ErrorCode::kUnsupportedModel);
}

TEST_CASE("a model of an unknown kind is refused", "[engine]") {
  TinyStaticModel tiny;
  tiny.metadata["kind"] = "oracle";
  CHECK(load_code(tiny) == ErrorCode::kUnsupportedModel);
  tiny.metadata["kind"] = "transformer";  // whose tensors it lacks
  CHECK(load_code(tiny) == ErrorCode::kInvalidModel);
}

TEST_CASE("a static model with a tensor missing is refused", "[engine]") {
  for (const char* name : {"static.table", "static.table.scale", "tokenizer.vocab"}) {
    CAPTURE(name);
    TinyStaticModel tiny;
    tiny.left_out = name;
    CHECK(load_code(tiny) == ErrorCode::kInvalidModel);
  }
}

TEST_CASE("a static table of the wrong shape is refused", "[engine]") {
  using Shape = std::vector<std::size_t>;
  for (const Shape& shape : {Shape{128}, Shape{16, 8, 1}, Shape{0, 8}, Shape{16, 0}, Shape{16, 4},
                             Shape{16, 12}, Shape{16, 2056}}) {
    CAPTURE(shape);
    TinyStaticModel tiny;
    tiny.table_shape = shape;
    CHECK(load_code(tiny) == ErrorCode::kInvalidModel);
  }
}

TEST_CASE("scales that do not fit the table, or are no numbers, are refused", "[engine]") {
  TinyStaticModel few;
  few.scales.resize(15);
  CHECK(load_code(few) == ErrorCode::kInvalidModel);
  for (const float bad :
       {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    TinyStaticModel tiny;
    tiny.scales[3] = bad;
    CHECK(load_code(tiny) == ErrorCode::kInvalidModel);
  }
  TinyStaticModel bytes;
  bytes.scales_are_bytes = true;
  CHECK(load_code(bytes) == ErrorCode::kUnsupportedModel);
}

TEST_CASE("a static table with fewer rows than the tokenizer has tokens is refused", "[engine]") {
  TinyStaticModel tiny;
  tiny.vocabulary += std::string("extra\0", 6);
  CHECK(load_code(tiny) == ErrorCode::kTokenOutOfRange);
}

TEST_CASE("static vectors have unit length and do not depend on the batch", "[engine]") {
  const auto model = Model::load(TinyStaticModel().file());
  const std::vector<std::string_view> texts{"the cat sat",     "",           "dogs", "unknown",
                                            "x y z x y z x y", "the cat sat"};
  EmbedJob job(model, texts);
  while (!job.step(0)) {
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    double squares = 0.0;
    for (const float value : job.vector(i)) squares += double{value} * double{value};
    CHECK(squares == Approx(1.0).margin(1e-6));
    CHECK(embed_one(model, texts[i]) ==
          std::vector<float>(job.vector(i).begin(), job.vector(i).end()));
  }
  CHECK(job.dropped(4) == 2);  // 8 words and a template of 2, at most 8 tokens
}

TEST_CASE("a collection of a static model finds its documents", "[engine]") {
  const auto model = testing::tiny_static();
  Collection collection;
  collection.set_model(Tier::kStatic, model);
  testing::add(collection, {{"1", "the cat sat on the mat", ""}, {"2", "dogs", ""}});
  testing::fill(collection, Tier::kStatic);
  const testing::Query query("dogs", SearchMode::kSemantic, nullptr, model);
  const auto hits = collection.search(query.request);
  REQUIRE(hits.size() == 2);
  CHECK(hits[0].document.id == "2");
  CHECK(hits[0].score == Approx(1.0).margin(0.01));
}

}  // namespace mayfly::engine
