// SPDX-License-Identifier: Apache-2.0
#include "model/coded_tensor.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>

#include "base/checked.h"
#include "base/error.h"
#include "model/coded_tensor_layout.h"
#include "model/rans.h"

namespace mayfly::model {
namespace {

[[noreturn]] void fail(const std::string& defect) {
  throw Error(ErrorCode::kInvalidModel, "the model file is damaged (a coded tensor " + defect +
                                            "); download or convert it again");
}

class Reader {
 public:
  explicit Reader(std::span<const char> bytes) : rest_(bytes) {}

  std::span<const char> take(std::size_t count) {
    if (count > rest_.size()) fail("was cut off");
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  std::uint32_t number(std::size_t bytes) {
    std::uint32_t value = 0, shift = 0;
    for (const char byte : take(bytes)) {
      value |= std::uint32_t{static_cast<unsigned char>(byte)} << shift;
      shift += 8;
    }
    return value;
  }
  std::span<const char> rest() const { return rest_; }

 private:
  std::span<const char> rest_;
};

CodedTensorInfo read_info(Reader& reader) {
  if (reader.number(1) != static_cast<std::uint32_t>(kCodedVersion)) {
    fail("is of a version that this program does not know");
  }
  const auto name = reader.take(reader.number(1));
  const std::optional<DType> dtype = dtype_named({name.data(), name.size()});
  if (!dtype) fail("has an unknown type");
  CodedTensorInfo info{*dtype, {}, 0};
  const std::size_t rank = reader.number(1);
  if (rank < 1 || rank > 4) fail("does not have 1 to 4 dimensions");
  std::uint64_t bytes = dtype_size(*dtype);
  for (std::size_t i = 0; i < rank; ++i) {
    const std::uint32_t extent = reader.number(4);
    if (extent == 0) fail("is empty");
    bytes = checked_multiply(bytes, std::uint64_t{extent});
    if (bytes > kMaxCodedBytes) fail("would be larger than 1 GiB");
    info.shape.push_back(extent);
  }
  info.byte_count = static_cast<std::size_t>(bytes);
  if (byte_matrix(info.dtype, info.shape).columns > kMaxCodedColumns) fail("has too many columns");
  return info;
}

ColumnClasses read_classes(Reader& reader, std::size_t columns) {
  const std::size_t count = reader.number(1);
  if (count < 1 || count > kMaxCodedClasses) fail("does not have 1 to 16 classes of columns");
  ColumnClasses classes(count);
  if (count == 1) {
    classes[0].resize(columns);
    std::iota(classes[0].begin(), classes[0].end(), std::size_t{0});
    return classes;
  }
  const auto class_of = reader.take(columns);
  for (std::size_t column = 0; column < columns; ++column) {
    const std::size_t c = static_cast<unsigned char>(class_of[column]);
    if (c >= count) fail("has a column of no class");
    classes[c].push_back(column);
  }
  for (const auto& members : classes) {
    if (members.empty()) fail("has a class without columns");
  }
  return classes;
}

RansFrequencies read_frequencies(Reader& reader) {
  RansFrequencies frequencies{};
  const std::size_t first = reader.number(1), count = reader.number(1) + std::size_t{1};
  if (first + count > frequencies.size()) fail("has frequencies beyond 255");
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t frequency = reader.number(2);
    frequencies[first + i] = static_cast<std::uint16_t>(frequency);
    sum += frequency;
  }
  if (sum != kRansTotal) fail("has frequencies that do not sum up to 4,096");
  return frequencies;
}

// Symbols of whole rows of one class to their places.
void scatter(std::span<const std::uint8_t> symbols, std::span<const std::size_t> columns,
             std::size_t width, char* out) {
  for (std::size_t i = 0; i < symbols.size(); out += width) {
    for (const std::size_t column : columns) {
      out[column] = static_cast<char>(symbols[i++] ^ 0x80U);
    }
  }
}

}  // namespace

ByteMatrix byte_matrix(DType dtype, std::span<const std::size_t> shape) {
  std::size_t count = 1;
  for (const std::size_t extent : shape) count *= extent;
  const std::size_t size = dtype_size(dtype);
  if (size > 1) return {count, size};
  const std::size_t columns = shape.size() < 2 ? 1 : shape.back();
  return {columns == 0 ? 0 : count / columns, columns};
}

CodedTensorInfo coded_tensor_info(std::span<const char> coded) {
  Reader reader(coded);
  return read_info(reader);
}

void decode_tensor(std::span<const char> coded, std::span<char> out) {
  Reader reader(coded);
  const CodedTensorInfo info = read_info(reader);
  if (info.byte_count != out.size()) {
    throw Error(ErrorCode::kInternal, "a coded tensor was given too little or too much room");
  }
  const ByteMatrix matrix = byte_matrix(info.dtype, info.shape);
  const ColumnClasses classes = read_classes(reader, matrix.columns);
  std::vector<RansFrequencies> frequencies;
  for (std::size_t i = 0; i < classes.size(); ++i) frequencies.push_back(read_frequencies(reader));
  RansStates states{};
  for (std::uint32_t& state : states) {
    state = reader.number(4);
    if (state < kRansLowest) fail("begins with a state out of range");
  }
  RansDecoder decoder(states, reader.rest());
  std::vector<std::uint8_t> symbols;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    decoder.use(frequencies[c]);
    const std::size_t run = rows_per_run(classes[c].size());
    for (std::size_t row = 0; row < matrix.rows; row += run) {
      symbols.resize(std::min(run, matrix.rows - row) * classes[c].size());
      decoder.get(symbols);
      scatter(symbols, classes[c], matrix.columns, out.data() + row * matrix.columns);
    }
  }
  if (!decoder.finished()) fail("does not end where its data does");
}

}  // namespace mayfly::model
