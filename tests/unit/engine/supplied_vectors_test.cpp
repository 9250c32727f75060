// SPDX-License-Identifier: Apache-2.0
// Documents whose vectors another worker made.
#include <catch2/catch.hpp>
#include <limits>
#include <string>
#include <vector>

#include "engine/collection.h"
#include "engine/embed_job.h"
#include "unit/engine/thrown_code.h"
#include "unit/model/tiny_model.h"

using mayfly::ErrorCode;
using mayfly::engine::Collection;
using mayfly::engine::DocumentView;
using mayfly::engine::EmbedJob;
using mayfly::engine::IngestJob;
using mayfly::engine::IngestMode;
using mayfly::engine::Model;
using mayfly::engine::SearchHit;
using mayfly::engine::VectorSource;
using mayfly::testing::thrown_code;
using mayfly::testing::TinyModel;

namespace {

const std::vector<DocumentView> kDocuments = {
    {"1", "the cat sat", "{}"}, {"2", "x y z", ""}, {"3", "cat cat cat cat cat cat cat cat", "m"}};

std::shared_ptr<const Model> tiny() { return Model::load(TinyModel().file()); }

struct Vectors {
  std::vector<float> values;
  std::vector<std::uint32_t> dropped;
};

// Made by another instance of the model, as another worker's is.
Vectors embed_elsewhere(const std::vector<DocumentView>& documents) {
  std::vector<std::string_view> texts;
  for (const DocumentView& document : documents) texts.push_back(document.text);
  EmbedJob job(tiny(), texts);
  while (!job.step(5)) {
  }
  Vectors all;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    all.values.insert(all.values.end(), job.vector(i).begin(), job.vector(i).end());
    all.dropped.push_back(static_cast<std::uint32_t>(job.dropped(i)));
  }
  return all;
}

std::vector<SearchHit> search(const Collection& collection, std::string_view query) {
  EmbedJob job(tiny(), {&query, 1});
  while (!job.step(5)) {
  }
  return collection.search(job.vector(0), collection.model().fingerprint(), 10);
}

}  // namespace

TEST_CASE("supplied vectors give the collection that embedding gives", "[engine]") {
  const auto model = tiny();
  Collection embedded(model), supplied(model);
  IngestJob here(embedded, kDocuments, IngestMode::kAdd);
  while (!here.step(5)) {
  }
  const Vectors made = embed_elsewhere(kDocuments);
  const std::size_t dim = model->dim();
  IngestJob job(supplied, kDocuments, IngestMode::kAdd, VectorSource::kSupplied);
  job.supply(model->fingerprint(), std::span(made.values).first(dim),
             std::span(made.dropped).first(1));
  CHECK_FALSE(job.step(5));
  CHECK(job.completed() == 1);
  CHECK(supplied.size() == 0);
  job.supply(model->fingerprint(), std::span(made.values).subspan(dim),
             std::span(made.dropped).subspan(1));
  CHECK(job.step(5));
  CHECK(job.completed() == 3);
  CHECK(job.truncated() == here.truncated());

  const auto expected = search(embedded, "cat"), found = search(supplied, "cat");
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].document.id == expected[i].document.id);
    CHECK(found[i].document.text == expected[i].document.text);
    CHECK(found[i].document.metadata == expected[i].document.metadata);
    CHECK(found[i].score == expected[i].score);
    CHECK(found[i].dropped == expected[i].dropped);
  }
}

TEST_CASE("what cannot be a vector of the collection's space is refused, and nothing is added",
          "[engine]") {
  const auto model = tiny();
  Collection collection(model);
  const Vectors good = embed_elsewhere(kDocuments);
  const auto supply_code = [&](const Vectors& made, std::string_view fingerprint) {
    IngestJob job(collection, kDocuments, IngestMode::kAdd, VectorSource::kSupplied);
    return thrown_code([&] { job.supply(fingerprint, made.values, made.dropped); });
  };
  const std::string& fingerprint = model->fingerprint();
  std::string other = fingerprint;
  other.back() = other.back() == 'a' ? 'b' : 'a';
  CHECK(supply_code(good, other) == ErrorCode::kSpaceMismatch);
  Vectors bad = good;
  bad.values.pop_back();
  CHECK(supply_code(bad, fingerprint) == ErrorCode::kDimensionMismatch);
  for (const float value :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 2.0F}) {
    bad = good;
    bad.values[model->dim() + 1] = value;
    CHECK(supply_code(bad, fingerprint) == ErrorCode::kInvalidArgument);
  }
  bad = good;
  bad.values.insert(bad.values.end(), model->dim(), 0.0F);
  bad.dropped.push_back(0);
  CHECK(supply_code(bad, fingerprint) == ErrorCode::kInvalidArgument);
  CHECK(collection.size() == 0);
}

TEST_CASE("a job that embeds takes no vectors, and one whose collection is gone says so",
          "[engine]") {
  const auto model = tiny();
  const Vectors made = embed_elsewhere(kDocuments);
  Collection collection(model);
  IngestJob embedding(collection, kDocuments, IngestMode::kAdd);
  CHECK(thrown_code([&] { embedding.supply(model->fingerprint(), made.values, made.dropped); }) ==
        ErrorCode::kInvalidArgument);
  auto doomed = std::make_unique<Collection>(model);
  IngestJob job(*doomed, kDocuments, IngestMode::kAdd, VectorSource::kSupplied);
  doomed.reset();
  CHECK(thrown_code([&] { job.supply(model->fingerprint(), made.values, made.dropped); }) ==
        ErrorCode::kDisposed);
  CHECK(thrown_code([&] { job.step(5); }) == ErrorCode::kDisposed);
}
