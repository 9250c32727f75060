// SPDX-License-Identifier: Apache-2.0
// A table of token vectors as an encoder, held to sums that are computed here in f64.
#include "encoder/static_encoder.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/engine/thrown_code.h"
#include "unit/model/tiny_static_model.h"

namespace mayfly::encoder {
namespace {

using testing::thrown_code;
using testing::TinyStaticModel;
using Ids = std::vector<std::int32_t>;

StaticEncoder encoder_of(const TinyStaticModel& tiny) {
  return StaticEncoder(std::make_shared<const model::Container>(tiny.file()));
}

std::vector<float> vector_of(const StaticEncoder& encoder, const Ids& ids) {
  const auto pass = encoder.make_pass();
  const std::span<const std::int32_t> sequence(ids);
  pass->begin({&sequence, 1});
  while (!pass->step()) {
  }
  const auto pooled = pass->pooled(0);
  return {pooled.begin(), pooled.end()};
}

std::vector<double> expected_of(const TinyStaticModel& tiny, const Ids& ids) {
  const std::vector<char> table = tiny.table();
  std::vector<double> sum(16, 0.0);
  for (const std::int32_t id : ids) {
    const auto row = static_cast<std::size_t>(id);
    for (std::size_t d = 0; d < 16; ++d) {
      const int byte = static_cast<unsigned char>(table[row * 8 + d / 2]);
      sum[d] += double{tiny.scales[row]} * ((d % 2 == 0 ? byte % 16 : byte / 16) - 8);
    }
  }
  double squares = 0.0;
  for (const double value : sum) squares += value * value;
  for (double& value : sum) value /= std::sqrt(squares);
  return sum;
}

auto begin_code(const Ids& ids) {
  const StaticEncoder encoder = encoder_of({});
  const auto pass = encoder.make_pass();
  const std::span<const std::int32_t> sequence(ids);
  return thrown_code([&] { pass->begin({&sequence, 1}); });
}

}  // namespace

TEST_CASE("a sentence is the normalised sum of its tokens' rows", "[encoder]") {
  TinyStaticModel tiny;
  for (std::size_t row = 0; row < 16; ++row) tiny.scales[row] = 0.1F * static_cast<float>(row + 1);
  const StaticEncoder encoder = encoder_of(tiny);
  CHECK(encoder.dim() == 16);
  CHECK(encoder.vocabulary_size() == 16);
  for (const Ids& ids : {Ids{1, 2}, Ids{1, 9, 6, 10, 2}, Ids{15}, Ids(500, 7)}) {
    const auto vector = vector_of(encoder, ids);
    const auto expected = expected_of(tiny, ids);
    for (std::size_t d = 0; d < 16; ++d) CHECK(vector[d] == Approx(expected[d]).margin(1e-6));
  }
}

TEST_CASE("sequences of one pass do not touch each other", "[encoder]") {
  const StaticEncoder encoder = encoder_of({});
  const auto pass = encoder.make_pass();
  const Ids first{1, 6, 2}, second{1, 9, 9, 9, 2};
  const std::span<const std::int32_t> sequences[] = {first, second};
  for (int round = 0; round < 2; ++round) {
    pass->begin(sequences);
    REQUIRE(pass->step());
    const auto b = pass->pooled(1);
    CHECK(std::vector<float>(b.begin(), b.end()) == vector_of(encoder, second));
    const auto a = pass->pooled(0);
    CHECK(std::vector<float>(a.begin(), a.end()) == vector_of(encoder, first));
  }
}

TEST_CASE("tokens without a vector leave a zero vector, not NaN", "[encoder]") {
  TinyStaticModel tiny;
  tiny.scales.assign(16, 0.0F);
  CHECK(vector_of(encoder_of(tiny), {1, 2}) == std::vector<float>(16, 0.0F));
}

TEST_CASE("scales that overflow are an error, not infinities", "[encoder]") {
  TinyStaticModel tiny;
  tiny.scales.assign(16, std::numeric_limits<float>::max());
  const StaticEncoder encoder = encoder_of(tiny);
  CHECK(thrown_code([&] { vector_of(encoder, {1, 2, 3}); }) == ErrorCode::kInvalidModel);
}

TEST_CASE("the static encoder refuses ids outside its table and empty sequences", "[encoder]") {
  CHECK(begin_code({0, 15}) == std::nullopt);
  CHECK(begin_code({16}) == ErrorCode::kTokenOutOfRange);
  CHECK(begin_code({-1}) == ErrorCode::kTokenOutOfRange);
  CHECK(begin_code({}) == ErrorCode::kInvalidArgument);
  CHECK(begin_code(Ids(StaticEncoder::kMaxPositions + 1, 0)) == ErrorCode::kInvalidArgument);
}

}  // namespace mayfly::encoder
