// SPDX-License-Identifier: Apache-2.0
#include "model/float_tensors.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "base/error.h"

namespace mayfly::model {
namespace {

// A file with one tensor of this length; `elements` are its bytes, in pairs.
Container half_tensor(const std::string& name, const std::string& dtype,
                      const std::vector<std::uint16_t>& elements, std::size_t length) {
  const std::string size = std::to_string(length);
  const std::string header = "{\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":[" + size +
                             "],\"data_offsets\":[0," + std::to_string(2 * elements.size()) + "]}}";
  SecureVector<char> file(8, '\0');
  file[0] = static_cast<char>(header.size());
  file.insert(file.end(), header.begin(), header.end());
  for (const std::uint16_t element : elements) {
    file.push_back(static_cast<char>(element & 255));
    file.push_back(static_cast<char>(element >> 8));
  }
  return Container(std::move(file));
}

Container half_tensor(const std::string& name, const std::string& dtype,
                      const std::vector<std::uint16_t>& elements) {
  return half_tensor(name, dtype, elements, elements.size());
}

std::string refusal(const Container& container, std::size_t n) {
  try {
    FloatTensors(container).read("x", {n});
  } catch (const Error& error) {
    return std::string(error_code_name(error.code()));
  }
  return "";
}

}  // namespace

// Values of IEEE 754-2019, table 3.5: smallest subnormal, largest, and so on.
TEST_CASE("half precision becomes the same number in single precision", "[model]") {
  const Container file =
      half_tensor("x", "F16", {0x0000, 0x8000, 0x3C00, 0xC000, 0x7BFF, 0x0400, 0x0001, 0x3555});
  const std::vector<float> values = FloatTensors(file).read("x", {8});
  CHECK(values ==
        std::vector<float>{0.0F, -0.0F, 1.0F, -2.0F, 65504.0F, 0x1p-14F, 0x1p-24F, 0x1.554p-2F});
  CHECK(std::signbit(values[1]));
}

TEST_CASE("bfloat16 becomes the same number in single precision", "[model]") {
  const Container file = half_tensor("x", "BF16", {0x3F80, 0xC000, 0x0080, 0x3EAB});
  CHECK(FloatTensors(file).read("x", {4}) ==
        std::vector<float>{1.0F, -2.0F, 0x1p-126F, 0x1.56p-2F});
}

TEST_CASE("values that are no number, wrong shapes and integer weights are refused", "[hostile]") {
  CHECK(refusal(half_tensor("x", "F16", {0x7C00}), 1) == "invalid-model");
  CHECK(refusal(half_tensor("x", "F16", {0x7E00}), 1) == "invalid-model");
  CHECK(refusal(half_tensor("x", "BF16", {0x7F80}), 1) == "invalid-model");
  CHECK(refusal(half_tensor("x", "F16", {0x3C00}), 2) == "invalid-model");
  CHECK(refusal(half_tensor("y", "F16", {0x3C00}), 1) == "invalid-model");
  CHECK(refusal(half_tensor("x", "I64", {0, 0, 0, 0}, 1), 1) == "unsupported-model");
  CHECK(refusal(half_tensor("x", "F16", {0x3C00}), 1).empty());
}

}  // namespace mayfly::model
