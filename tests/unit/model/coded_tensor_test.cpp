// SPDX-License-Identifier: Apache-2.0
#include "model/coded_tensor.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <functional>
#include <random>

#include "model/container.h"
#include "model/rans.h"
#include "model/safetensors_writer.h"
#include "unit/engine/thrown_code.h"

namespace mayfly::model {
namespace {

std::vector<char> decoded(std::span<const char> coded) {
  std::vector<char> out(coded_tensor_info(coded).byte_count);
  decode_tensor(coded, out);
  return out;
}

// Four bytes in two rows. Places in its coded form: 0 version, 1 length of "I8", 2 the type, 4
// rank, 5 and 9 the extents, 13 classes, 14 first symbol, 15 number of symbols - 1, 16 frequencies.
std::vector<char> tiny() {
  const std::vector<char> bytes{1, 2, 2, 4};
  const std::size_t shape[] = {2, 2};
  return encode_tensor(DType::kI8, shape, bytes);
}
constexpr std::size_t kFirstState = 16 + 4 * 2;

struct Malformed {
  const char* what;
  std::function<void(std::vector<char>&)> damage;
};

std::optional<ErrorCode> decoding_error(const std::vector<char>& coded) {
  return testing::thrown_code([&] { decoded(coded); });
}

}  // namespace

TEST_CASE("what is coded comes back, whatever its type, shape and distribution", "[model]") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const auto below = [&](unsigned limit) { return static_cast<unsigned>(random() % limit); };
  const DType types[] = {DType::kI8, DType::kU8, DType::kF16, DType::kF32};
  for (int round = 0; round < 200; ++round) {
    const DType dtype = types[below(4)];
    std::vector<std::size_t> shape(1 + below(3));
    std::size_t count = dtype_size(dtype);
    for (std::size_t& extent : shape) count *= extent = 1 + below(60);
    const unsigned symbols = 1 + below(256), skew = below(4);
    std::vector<char> bytes(count);
    for (char& byte : bytes) {
      unsigned draw = below(symbols);
      for (unsigned i = 0; i < skew; ++i) draw = std::min(draw, below(symbols));
      byte = static_cast<char>(draw);
    }
    const std::vector<char> coded = encode_tensor(dtype, shape, bytes);
    const CodedTensorInfo info = coded_tensor_info(coded);
    REQUIRE(info.dtype == dtype);
    REQUIRE(info.shape == shape);
    REQUIRE(decoded(coded) == bytes);
  }
}

TEST_CASE("coding comes within 1 % of the entropy of a long tensor", "[model]") {
  // One byte in eight is 1, the others 0: 0.5436 bits each.
  std::vector<char> bytes(1 << 16, 0);
  for (std::size_t i = 0; i < bytes.size(); i += 8) bytes[i] = 1;
  const std::size_t shape[] = {bytes.size()};
  const double bits = 8.0 * static_cast<double>(encode_tensor(DType::kU8, shape, bytes).size());
  CHECK(bits <= 1.01 * 0.5436 * static_cast<double>(bytes.size()) + 8 * 40);
}

TEST_CASE("frequencies sum up to the total and leave no symbol without one", "[model]") {
  std::array<std::uint64_t, 256> counts{};
  counts.fill(1);
  counts[7] = std::uint64_t{1} << 32;
  const RansFrequencies frequencies = rans_frequencies(counts);
  unsigned sum = 0;
  for (const std::uint16_t frequency : frequencies) {
    CHECK(frequency >= 1);
    sum += frequency;
  }
  CHECK(sum == kRansTotal);
}

TEST_CASE("every malformed coded tensor is refused", "[model][hostile]") {
  const Malformed cases[] = {
      {"an unknown version", [](auto& c) { c[0] = 2; }},
      {"an unknown type", [](auto& c) { c[3] = '9'; }},
      {"a type's name beyond the end", [](auto& c) { c[1] = '\xFF'; }},
      {"rank 0", [](auto& c) { c[4] = 0; }},
      {"rank 5", [](auto& c) { c[4] = 5; }},
      {"an extent of 0", [](auto& c) { c[5] = 0; }},
      {"a size beyond 1 GiB", [](auto& c) { c[8] = 0x7F; }},
      {"sizes whose product overflows", [](auto& c) { c[8] = c[12] = '\xFF'; }},
      {"more rows than there is data for", [](auto& c) { c[5] = 100; }},
      {"fewer rows than there is data for", [](auto& c) { c[5] = 1; }},
      {"no classes", [](auto& c) { c[13] = 0; }},
      {"17 classes", [](auto& c) { c[13] = 17; }},
      {"a class without columns", [](auto& c) { c[13] = 2, c.insert(c.begin() + 14, 2, '\0'); }},
      {"a column of no class", [](auto& c) { c[13] = 2, c.insert(c.begin() + 14, 2, '\3'); }},
      {"symbols beyond 255", [](auto& c) { c[14] = '\xFF'; }},
      {"frequencies that sum up to less", [](auto& c) { c[16] ^= 1; }},
      {"frequencies that sum up to more", [](auto& c) { c[17] = '\x7F'; }},
      {"a state below the range", [](auto& c) { c[kFirstState + 2] = c[kFirstState + 3] = 0; }},
      {"another state", [](auto& c) { c[kFirstState] ^= 1; }},
      {"bytes too many", [](auto& c) { c.insert(c.end(), 2, '\0'); }},
      {"one byte too many", [](auto& c) { c.push_back('\0'); }},
  };
  REQUIRE(decoding_error(tiny()) == std::nullopt);
  for (const Malformed& malformed : cases) {
    CAPTURE(malformed.what);
    std::vector<char> coded = tiny();
    malformed.damage(coded);
    CHECK(decoding_error(coded) == ErrorCode::kInvalidModel);
  }
}

TEST_CASE("a coded tensor cut off at any byte is refused", "[model][hostile]") {
  const std::vector<char> whole = tiny();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    CHECK(decoding_error({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)}) ==
          ErrorCode::kInvalidModel);
  }
}

TEST_CASE("a coded tensor with any byte changed decodes or is refused", "[model][hostile]") {
  std::vector<char> bytes(600);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * i % 23);
  const std::size_t shape[] = {20, 30};
  const std::vector<char> whole = encode_tensor(DType::kI8, shape, bytes);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int flip : {1, 16, 128, 255}) {
      std::vector<char> coded = whole;
      coded[at] = static_cast<char>(coded[at] ^ flip);
      const auto code = decoding_error(coded);
      CHECK((!code || *code == ErrorCode::kInvalidModel));
    }
  }
}

// Large and repetitive enough that coding makes them smaller.
struct Sample {
  std::vector<float> floats = std::vector<float>(3000, 1.5F);
  std::vector<std::int8_t> integers = std::vector<std::int8_t>(6000, 3);
  Sample() {
    floats[7] = -2.0F;
    integers[11] = -6;
  }
  SecureVector<char> file(Coding coding) const {
    SafetensorsWriter writer;
    writer.add_f32("packed.scale", {3000}, floats);
    writer.add_i8("packed.weight", {2000, 3}, integers);
    writer.add_i8("encoder.weight", {3000, 2}, integers);
    writer.add_f32("tiny", {2}, std::vector<float>{1.0F, 2.0F});
    writer.set_metadata("k", "v");
    return writer.finish(coding);
  }
  bool is_in(std::span<const float> found) const {
    return std::equal(found.begin(), found.end(), floats.begin(), floats.end());
  }
  bool is_in(std::span<const std::int8_t> found) const {
    return std::equal(found.begin(), found.end(), integers.begin(), integers.end());
  }
};

TEST_CASE("a container shows coded tensors decoded, whichever of them were coded", "[model]") {
  const Sample sample;
  for (const Coding coding : {Coding::kNone, Coding::kSmallTensors, Coding::kAll}) {
    const Container container(sample.file(coding));
    CHECK(container.tensors().size() == 4);
    CHECK(sample.is_in(container.tensor("packed.scale").as_f32()));
    CHECK(sample.is_in(container.tensor("packed.weight").as_i8()));
    CHECK(sample.is_in(container.tensor("encoder.weight").as_i8()));
    CHECK(container.tensor("packed.weight").shape == std::vector<std::size_t>{2000, 3});
    CHECK(container.tensor("tiny").as_f32()[1] == 2.0F);
    CHECK(container.metadata_value("k") == "v");
  }
}

TEST_CASE("a file has those tensors coded that get smaller by it and are asked for", "[model]") {
  const Sample sample;
  const std::size_t plain = sample.file(Coding::kNone).size();
  const std::size_t small = sample.file(Coding::kSmallTensors).size();
  const std::size_t all = sample.file(Coding::kAll).size();
  // 12,000 and 6,000 bytes of nearly one value; the encoder's 6,000 remain.
  CHECK(small < plain - 16000);
  CHECK(all < small - 5000);
}

TEST_CASE("a container keeps coded what is read once, and decodes it for who reads it", "[model]") {
  const Sample sample;
  const Container container(sample.file(Coding::kAll), "packed.");
  CHECK(container.tensors().size() == 4);
  CHECK(container.tensor("packed.weight.coded").dtype == DType::kU8);
  CHECK(testing::thrown_code([&] { container.tensor("packed.weight"); }) ==
        ErrorCode::kInvalidModel);
  const ReadTensor read = container.read("packed.weight");
  CHECK(sample.is_in(read.tensor.as_i8()));
  CHECK(read.tensor.shape == std::vector<std::size_t>{2000, 3});
  CHECK(sample.is_in(container.read("packed.scale").tensor.as_f32()));
  CHECK(sample.is_in(container.tensor("encoder.weight").as_i8()));
}

TEST_CASE("a container refuses coded tensors that are out of place", "[model][hostile]") {
  const auto refused = [](const SafetensorsWriter& writer) {
    return testing::thrown_code([&] { Container container(writer.finish()); });
  };
  const std::vector<char> coded = tiny();
  SECTION("a name that is there plain as well") {
    SafetensorsWriter writer;
    writer.add_u8("a", std::span<const char>(coded));
    writer.add_u8("a.coded", std::span<const char>(coded));
    CHECK(refused(writer) == ErrorCode::kInvalidModel);
  }
  SECTION("of another type than U8") {
    SafetensorsWriter writer;
    writer.add_i8("a.coded", {4}, std::vector<std::int8_t>{1, 2, 3, 4});
    CHECK(refused(writer) == ErrorCode::kInvalidModel);
  }
  SECTION("that would grow out of all proportion") {
    const std::vector<char> zeros(40 << 20, 0);
    const std::size_t shape[] = {zeros.size()};
    SafetensorsWriter writer;
    writer.add_u8("a.coded", std::span<const char>(encode_tensor(DType::kU8, shape, zeros)));
    CHECK(refused(writer) == ErrorCode::kInvalidModel);
  }
}

}  // namespace mayfly::model
