// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/error.h"
#include "model/coded_tensor.h"
#include "model/coded_tensor_layout.h"
#include "model/rans.h"

namespace mayfly::model {
namespace {

// A class costs up to half a kilobyte of frequencies; below this many bytes it does not pay.
constexpr std::size_t kBytesPerClass = 16384;
constexpr std::size_t kWidthClasses = 12;

// Columns of about equal width together: in order of their sum of squares, in equal parts.
std::vector<std::uint8_t> classes_by_width(std::span<const char> bytes, ByteMatrix matrix) {
  const std::size_t count = std::clamp<std::size_t>(
      std::min(bytes.size() / kBytesPerClass, matrix.columns), 1, kWidthClasses);
  std::vector<std::uint64_t> squares(matrix.columns, 0);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int value = static_cast<signed char>(bytes[i]);
    squares[i % matrix.columns] += static_cast<std::uint64_t>(value * value);
  }
  std::vector<std::size_t> order(matrix.columns);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return squares[a] < squares[b]; });
  std::vector<std::uint8_t> classes(matrix.columns);
  for (std::size_t i = 0; i < order.size(); ++i) {
    classes[order[i]] = static_cast<std::uint8_t>(i * count / order.size());
  }
  return classes;
}

void append(std::vector<char>& to, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) to.push_back(static_cast<char>(value >> (8 * i)));
}

void append_frequencies(std::vector<char>& to, const RansFrequencies& frequencies) {
  const auto used = [](std::uint16_t frequency) { return frequency != 0; };
  const auto first = std::find_if(frequencies.begin(), frequencies.end(), used);
  const auto last = std::find_if(frequencies.rbegin(), frequencies.rend(), used).base();
  append(to, static_cast<std::uint32_t>(first - frequencies.begin()), 1);
  append(to, static_cast<std::uint32_t>(last - first - 1), 1);
  for (auto at = first; at != last; ++at) append(to, *at, 2);
}

// A signed byte around 0 becomes one around 128, so that the frequencies in use lie together.
std::uint8_t symbol_of(char byte) { return static_cast<std::uint8_t>(byte ^ '\x80'); }

std::vector<std::uint8_t> gather(std::span<const char> bytes, ByteMatrix matrix,
                                 std::span<const std::size_t> columns) {
  std::vector<std::uint8_t> symbols;
  symbols.reserve(matrix.rows * columns.size());
  for (std::size_t row = 0; row < matrix.rows; ++row) {
    for (const std::size_t column : columns) {
      symbols.push_back(symbol_of(bytes[row * matrix.columns + column]));
    }
  }
  return symbols;
}

}  // namespace

std::vector<char> encode_tensor(DType dtype, std::span<const std::size_t> shape,
                                std::span<const char> bytes) {
  const ByteMatrix matrix = byte_matrix(dtype, shape);
  if (bytes.empty() || matrix.rows * matrix.columns != bytes.size() ||
      bytes.size() > kMaxCodedBytes || matrix.columns > kMaxCodedColumns) {
    throw Error(ErrorCode::kInternal, "a tensor of this size cannot be coded");
  }
  std::vector<std::uint8_t> class_of(matrix.columns);
  if (dtype_size(dtype) == 1) {
    class_of = classes_by_width(bytes, matrix);
  } else {
    for (std::size_t i = 0; i < matrix.columns; ++i) class_of[i] = static_cast<std::uint8_t>(i);
  }
  const std::size_t class_count = *std::max_element(class_of.begin(), class_of.end()) + 1U;
  std::vector<std::vector<std::uint8_t>> symbols(class_count);
  std::vector<RansFrequencies> frequencies(class_count);
  for (std::size_t c = 0; c < class_count; ++c) {
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < matrix.columns; ++i) {
      if (class_of[i] == c) columns.push_back(i);
    }
    symbols[c] = gather(bytes, matrix, columns);
    std::array<std::uint64_t, 256> counts{};
    for (const std::uint8_t symbol : symbols[c]) ++counts[symbol];
    frequencies[c] = rans_frequencies(counts);
  }
  RansEncoder encoder;
  for (std::size_t c = class_count; c-- > 0;) encoder.put(symbols[c], frequencies[c]);

  const std::string_view name = dtype_name(dtype);
  std::vector<char> coded;
  append(coded, static_cast<std::uint32_t>(kCodedVersion), 1);
  append(coded, static_cast<std::uint32_t>(name.size()), 1);
  for (const char letter : name) coded.push_back(letter);
  append(coded, static_cast<std::uint32_t>(shape.size()), 1);
  for (const std::size_t extent : shape) append(coded, static_cast<std::uint32_t>(extent), 4);
  append(coded, static_cast<std::uint32_t>(class_count), 1);
  if (class_count > 1) coded.insert(coded.end(), class_of.begin(), class_of.end());
  for (const RansFrequencies& table : frequencies) append_frequencies(coded, table);
  for (const std::uint32_t state : encoder.states()) append(coded, state, 4);
  const auto& words = encoder.reversed_words();
  for (auto word = words.rbegin(); word != words.rend(); ++word) append(coded, *word, 2);
  return coded;
}

}  // namespace mayfly::model
