// SPDX-License-Identifier: Apache-2.0
// Named defects of a safetensors file: each must be refused with invalid-model, never crash.
#include "model/container.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <string>

#include "base/error.h"
#include "unit/model/tiny_model.h"

namespace mayfly::model {
namespace {

SecureVector<char> file_of(const std::string& header, std::size_t data_bytes,
                           std::uint64_t claimed_header_bytes) {
  SecureVector<char> file(8 + header.size() + data_bytes, '\0');
  for (std::size_t i = 0; i < 8; ++i) file[i] = static_cast<char>(claimed_header_bytes >> (8 * i));
  std::copy(header.begin(), header.end(), file.begin() + 8);
  return file;
}

SecureVector<char> file_of(const std::string& header, std::size_t data_bytes) {
  return file_of(header, data_bytes, header.size());
}

// The code of the error, or "" when there is none.
std::string refusal(SecureVector<char> file) {
  try {
    const Container container(std::move(file));
  } catch (const Error& error) {
    return std::string(error_code_name(error.code()));
  }
  return "";
}

struct Defect {
  const char* name;
  const char* header;
  std::size_t data_bytes;
};

constexpr Defect kDefects[] = {
    {"empty header", "", 0},
    {"not JSON", "{\"a\":", 0},
    {"an array", "[]", 0},
    {"a number", "7", 0},
    {"trailing bytes after the JSON", "{} x", 0},
    {"ill-formed UTF-8 in a name", "{\"\xff\":{}}", 0},
    {"a tensor that is a number", R"({"a":1})", 0},
    {"no dtype", R"({"a":{"shape":[1],"data_offsets":[0,1]}})", 1},
    {"no shape", R"({"a":{"dtype":"U8","data_offsets":[0,1]}})", 1},
    {"no offsets", R"({"a":{"dtype":"U8","shape":[1]}})", 1},
    {"three offsets", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,1]}})", 1},
    {"dtype that is a number", R"({"a":{"dtype":8,"shape":[1],"data_offsets":[0,1]}})", 1},
    {"unknown dtype", R"({"a":{"dtype":"I3","shape":[1],"data_offsets":[0,1]}})", 1},
    {"shape that is an object", R"({"a":{"dtype":"U8","shape":{},"data_offsets":[0,1]}})", 1},
    {"negative extent", R"({"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}})", 1},
    {"fractional extent", R"({"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}})", 1},
    {"extent of 2^32 + 1", R"({"a":{"dtype":"U8","shape":[4294967297],"data_offsets":[0,1]}})", 1},
    {"product that wraps at 2^64",
     R"({"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", 0},
    {"element size that wraps",
     R"({"a":{"dtype":"F32","shape":[4611686018427387905],)"
     R"("data_offsets":[0,4]}})",
     4},
    {"rank 5", R"({"a":{"dtype":"U8","shape":[1,1,1,1,1],"data_offsets":[0,1]}})", 1},
    {"size that disagrees", R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", 4},
    {"end before begin", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}})", 1},
    {"negative offset", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[-1,0]}})", 1},
    {"offset beyond the file", R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}})", 1},
    {"huge offset",
     R"({"a":{"dtype":"U8","shape":[1],"data_offsets":)"
     R"([18446744073709551614,18446744073709551615]}})",
     1},
    {"gap", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})", 2},
    {"overlap",
     R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
     R"("b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}})",
     3},
    {"the same bytes twice",
     R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
     R"("b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
     1},
    {"bytes that belong to nothing", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})", 2},
    {"a name twice",
     R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
     R"("a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
     1},
    {"metadata that is a list", R"({"__metadata__":[]})", 0},
    {"metadata value that is a number", R"({"__metadata__":{"a":1}})", 0},
};

}  // namespace

TEST_CASE("every named defect of a model file is refused as invalid-model", "[hostile]") {
  for (const Defect& defect : kDefects) {
    INFO(defect.name);
    CHECK(refusal(file_of(defect.header, defect.data_bytes)) == "invalid-model");
  }
}

TEST_CASE("a sound file is accepted, so that the refusals mean something", "[model]") {
  const std::string header = R"({"__metadata__":{"k":"v"},)"
                             R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                             R"("s":{"dtype":"U8","shape":[],"data_offsets":[8,9]},)"
                             R"("e":{"dtype":"I8","shape":[0,4],"data_offsets":[9,9]}})";
  const Container container(file_of(header, 9));
  CHECK(container.metadata_value("k") == "v");
  CHECK(container.tensor("a").element_count() == 2);
  CHECK(container.tensor("s").element_count() == 1);
  CHECK(container.tensor("e").element_count() == 0);
  CHECK_THROWS_AS(container.tensor("missing"), Error);
  CHECK_THROWS_AS(container.metadata_value("missing"), Error);
  CHECK_THROWS_AS(container.tensor("s").as_f32(), Error);
}

TEST_CASE("header lengths that lie are refused", "[hostile]") {
  const std::string header = "{}";
  CHECK(refusal({}) == "invalid-model");
  CHECK(refusal(SecureVector<char>(7, '\0')) == "invalid-model");
  CHECK(refusal(file_of(header, 0, 3)) == "invalid-model");
  CHECK(refusal(file_of(header, 0, 1 << 21)) == "invalid-model");
  CHECK(refusal(file_of(header, 0, std::uint64_t{1} << 32)) == "invalid-model");
  CHECK(refusal(file_of(header, 0, ~std::uint64_t{0})) == "invalid-model");
}

TEST_CASE("a header nested beyond all use is refused without deep recursion", "[hostile]") {
  const std::string deep(500'000, '[');
  CHECK(refusal(file_of(deep, 0)) == "invalid-model");
  CHECK(refusal(file_of("{\"__metadata__\":" + deep, 0)) == "invalid-model");
}

TEST_CASE("a model file cut off at any byte is refused", "[hostile]") {
  const SecureVector<char> whole = testing::TinyModel{}.file();
  REQUIRE(refusal(whole).empty());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const SecureVector<char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    if (refusal(cut) != "invalid-model") FAIL("accepted when cut to " << size << " bytes");
  }
}

TEST_CASE("flipping any bit of the header never does worse than a refusal", "[hostile]") {
  const SecureVector<char> whole = testing::TinyModel{}.file();
  std::uint64_t header_bytes = 0;
  std::memcpy(&header_bytes, whole.data(), 8);
  for (std::size_t byte = 0; byte < 8 + header_bytes; ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      SecureVector<char> flipped = whole;
      flipped[byte] = static_cast<char>(flipped[byte] ^ (1 << bit));
      const std::string code = refusal(std::move(flipped));
      if (!code.empty() && code != "invalid-model") FAIL("byte " << byte << ": " << code);
    }
  }
}

}  // namespace mayfly::model
