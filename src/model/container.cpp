// SPDX-License-Identifier: Apache-2.0
#include "model/container.h"

#include <algorithm>
#include <cstring>

#include "base/checked.h"
#include "base/sort_numbers.h"
#include "base/strict_json.h"
#include "model/coded_tensor.h"

namespace mayfly::model {
namespace {

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeaderBytes = 1 << 20;
constexpr std::size_t kMaxTensors = 4096;
constexpr std::size_t kMaxRank = 4;
constexpr std::uint64_t kMostExpansion = 16;  // decoded bytes for each byte of the file

constexpr std::uint64_t round_up(std::uint64_t bytes) { return (bytes + 63) / 64 * 64; }

struct DTypeRow {
  DType dtype;
  std::string_view name;
  std::size_t size;
};
constexpr DTypeRow kDTypes[] = {{DType::kI8, "I8", 1},   {DType::kU8, "U8", 1},
                                {DType::kI32, "I32", 4}, {DType::kI64, "I64", 8},
                                {DType::kF16, "F16", 2}, {DType::kBF16, "BF16", 2},
                                {DType::kF32, "F32", 4}};

const DTypeRow& row_of(DType dtype) {
  return *std::find_if(std::begin(kDTypes), std::end(kDTypes),
                       [&](const DTypeRow& row) { return row.dtype == dtype; });
}

std::string plain_name(std::string_view coded) {
  return std::string(coded.substr(0, coded.size() - kCodedSuffix.size()));
}

[[noreturn]] void fail(const std::string& defect) {
  throw Error(ErrorCode::kInvalidModel,
              "the model file is damaged (" + defect + "); download or convert it again");
}

DType dtype_of(const std::string& name, const std::string& tensor) {
  if (const auto dtype = dtype_named(name)) return *dtype;
  fail("tensor \"" + tensor + "\" has the unknown type \"" + name + "\"");
}

JsonValue parse_header(std::span<const char> text) {
  StrictJson header = parse_strict_json({text.data(), text.size()});
  if (!header.defect.empty()) fail("its header: " + header.defect);
  if (!header.value.is(JsonKind::kObject)) fail("its header is not a JSON object");
  return std::move(header.value);
}

std::uint64_t unsigned_at(const JsonValue& value, const std::string& tensor) {
  if (!value.is_count) fail("tensor \"" + tensor + "\" has a size that is no count");
  return value.count;
}

struct DataRange {
  std::uint64_t begin, end;
};

Tensor parse_tensor(const std::string& name, const JsonValue& entry, std::span<const char> data,
                    std::vector<DataRange>& ranges) {
  const JsonValue* const dtype = entry.member("dtype");
  const JsonValue* const shape = entry.member("shape");
  const JsonValue* const offsets = entry.member("data_offsets");
  const bool complete = dtype != nullptr && dtype->is(JsonKind::kString) && shape != nullptr &&
                        shape->is(JsonKind::kArray) && offsets != nullptr &&
                        offsets->is(JsonKind::kArray) && offsets->parts.size() == 2;
  if (!complete) fail("tensor \"" + name + "\" is not fully described");
  Tensor tensor{dtype_of(dtype->text, name), {}, {}};
  if (shape->parts.size() > kMaxRank) fail("tensor \"" + name + "\" has too many dimensions");
  std::uint64_t byte_count = dtype_size(tensor.dtype);
  for (const JsonValue& extent : shape->parts) {
    const std::uint64_t value = unsigned_at(extent, name);
    byte_count = checked_multiply(byte_count, value);
    tensor.shape.push_back(checked_size(value));
  }
  const DataRange range{unsigned_at(offsets->parts[0], name), unsigned_at(offsets->parts[1], name)};
  if (range.begin > range.end || range.end > data.size()) {
    fail("tensor \"" + name + "\" lies outside the file");
  }
  if (range.end - range.begin != byte_count) fail("tensor \"" + name + "\" has the wrong size");
  tensor.bytes = data.subspan(checked_size(range.begin), checked_size(byte_count));
  if (byte_count > 0) ranges.push_back(range);
  return tensor;
}

struct CodedTensor {
  std::string name;  // with its suffix
  std::span<const char> bytes;
  CodedTensorInfo info;
};

// All that are coded. Checks, before anything is allocated for them, their names, their types and
// how much room they would take decoded.
std::vector<CodedTensor> coded_tensors(const std::map<std::string, Tensor, std::less<>>& tensors,
                                       std::size_t file_bytes) {
  const std::uint64_t most = std::uint64_t{file_bytes} * kMostExpansion + (1U << 20);
  std::uint64_t total = 0;
  std::vector<CodedTensor> coded;
  for (const auto& [name, tensor] : tensors) {
    if (!name.ends_with(kCodedSuffix)) continue;
    if (tensor.dtype != DType::kU8) fail("the coded tensor \"" + name + "\" is not of type U8");
    if (tensors.contains(plain_name(name))) {
      fail("tensor \"" + plain_name(name) + "\" is there twice, plain and coded");
    }
    coded.push_back({name, tensor.bytes, coded_tensor_info(tensor.bytes)});
    total += round_up(coded.back().info.byte_count);
    if (total > most) fail("its coded tensors would be out of all proportion");
  }
  return coded;
}

void require_full_cover(const std::vector<DataRange>& ranges, std::uint64_t data_size) {
  const auto order = sorted_order(ranges.size(), [&](std::uint32_t a, std::uint32_t b) {
    return ranges[a].begin < ranges[b].begin;
  });
  std::uint64_t position = 0;
  for (const std::uint32_t place : order) {
    if (ranges[place].begin != position) fail("its tensors overlap or leave gaps");
    position = ranges[place].end;
  }
  if (position != data_size) fail("it has bytes that belong to no tensor, or was cut off");
}

}  // namespace

std::string_view dtype_name(DType dtype) { return row_of(dtype).name; }

std::size_t dtype_size(DType dtype) { return row_of(dtype).size; }

std::optional<DType> dtype_named(std::string_view name) {
  for (const DTypeRow& row : kDTypes) {
    if (row.name == name) return row.dtype;
  }
  return std::nullopt;
}

std::size_t Tensor::element_count() const { return bytes.size() / dtype_size(dtype); }

std::span<const float> Tensor::as_f32() const {
  if (dtype != DType::kF32) fail("a tensor should be F32 and is not");
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(float) != 0) {
    fail("an F32 tensor is not aligned to 4 bytes");
  }
  return {reinterpret_cast<const float*>(bytes.data()), element_count()};
}

std::span<const std::int8_t> Tensor::as_i8() const {
  if (dtype != DType::kI8) fail("a tensor should be I8 and is not");
  return {reinterpret_cast<const std::int8_t*>(bytes.data()), bytes.size()};
}

Container::Container(SecureVector<char> file, std::string_view read_once)
    : file_(std::move(file)), byte_count_(file_.size()) {
  parse();
  decode_tensors(read_once);
}

void Container::decode_tensors(std::string_view read_once) {
  std::vector<CodedTensor> coded = coded_tensors(tensors_, byte_count_);
  std::erase_if(coded, [&](const CodedTensor& one) {
    return !read_once.empty() && one.name.starts_with(read_once) && one.info.dtype == DType::kI8;
  });
  if (coded.empty()) return;
  std::uint64_t total = 0;
  for (const CodedTensor& one : coded) total += round_up(one.info.byte_count);
  decoded_.resize(checked_size(total));
  TensorMap decoded;
  std::size_t offset = 0;
  for (CodedTensor& one : coded) {
    const std::span<char> room(decoded_.data() + offset, one.info.byte_count);
    decode_tensor(one.bytes, room);
    offset += static_cast<std::size_t>(round_up(room.size()));
    tensors_.erase(one.name);
    decoded[plain_name(one.name)] = {one.info.dtype, std::move(one.info.shape), room};
  }
  move_out_of_file();
  tensors_.merge(decoded);
}

void Container::move_out_of_file() {
  std::uint64_t total = 0;
  for (const auto& [name, tensor] : tensors_) total += round_up(tensor.bytes.size());
  if (total > file_.size() / 4 * 3) return;
  rest_.resize(checked_size(total));
  std::size_t offset = 0;
  for (auto& [name, tensor] : tensors_) {
    const std::span<char> room(rest_.data() + offset, tensor.bytes.size());
    std::copy(tensor.bytes.begin(), tensor.bytes.end(), room.begin());
    tensor.bytes = room;
    offset += static_cast<std::size_t>(round_up(room.size()));
  }
  file_ = SecureVector<char>();  // "= {}" would keep the memory
}

ReadTensor Container::read(std::string_view name) const {
  const auto coded = tensors_.find(std::string(name) + std::string(kCodedSuffix));
  if (coded == tensors_.end()) return {tensor(name), {}};
  CodedTensorInfo info = coded_tensor_info(coded->second.bytes);
  SecureVector<char> decoded(info.byte_count);
  decode_tensor(coded->second.bytes, decoded);
  const std::span<const char> bytes(decoded);  // stays where it is when the vector moves
  return {Tensor{info.dtype, std::move(info.shape), bytes}, std::move(decoded)};
}

void Container::parse() {
  if (file_.size() < kLengthBytes) fail("it is shorter than its header's length field");
  std::uint64_t header_bytes = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    header_bytes |= std::uint64_t{static_cast<unsigned char>(file_[i])} << (8 * i);
  }
  if (header_bytes > kMaxHeaderBytes) fail("its header would be larger than 1 MiB");
  if (header_bytes > file_.size() - kLengthBytes) fail("it was cut off inside its header");
  const std::span<const char> all(file_);
  const JsonValue header = parse_header(all.subspan(kLengthBytes, checked_size(header_bytes)));
  const auto data = all.subspan(checked_size(kLengthBytes + header_bytes));
  if (header.parts.size() > kMaxTensors + 1) fail("it has more than 4,096 tensors");

  std::vector<DataRange> ranges;
  for (const JsonValue& entry : header.parts) {
    if (entry.name != "__metadata__") {
      tensors_.emplace(entry.name, parse_tensor(entry.name, entry, data, ranges));
      continue;
    }
    if (!entry.is(JsonKind::kObject)) fail("its metadata is not an object");
    for (const JsonValue& value : entry.parts) {
      if (!value.is(JsonKind::kString)) fail("its metadata \"" + value.name + "\" is not a string");
      metadata_.emplace(value.name, value.text);
    }
  }
  require_full_cover(ranges, data.size());
}

const Tensor& Container::tensor(std::string_view name) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) fail("it has no tensor \"" + std::string(name) + "\"");
  return found->second;
}

const std::string& Container::metadata_value(std::string_view key) const {
  const auto found = metadata_.find(key);
  if (found == metadata_.end()) fail("its metadata lacks \"" + std::string(key) + "\"");
  return found->second;
}

}  // namespace mayfly::model
