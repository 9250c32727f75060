// SPDX-License-Identifier: Apache-2.0
#include "model/safetensors_writer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/sha256.h"
#include "model/coded_tensor.h"

namespace mayfly::model {
namespace {

constexpr std::size_t kDataAlignment = 64;
constexpr std::size_t kSmallTensor = 256 << 10;

template <typename T>
std::span<const char> bytes_of(std::span<const T> data) {
  return {reinterpret_cast<const char*>(data.data()), data.size_bytes()};
}

}  // namespace

void SafetensorsWriter::add(const std::string& name, DType dtype, std::vector<std::size_t> shape,
                            std::span<const char> bytes) {
  std::size_t byte_count = dtype_size(dtype);
  for (const std::size_t extent : shape) byte_count *= extent;
  if (byte_count != bytes.size() || entries_.contains(name)) {
    throw Error(ErrorCode::kInternal, "tensor \"" + name + "\" was written twice or misshaped");
  }
  entries_[name] = {dtype, std::move(shape), {bytes.begin(), bytes.end()}};
}

void SafetensorsWriter::add_f32(const std::string& name, std::vector<std::size_t> shape,
                                std::span<const float> data) {
  add(name, DType::kF32, std::move(shape), bytes_of(data));
}

void SafetensorsWriter::add_i8(const std::string& name, std::vector<std::size_t> shape,
                               std::span<const std::int8_t> data) {
  add(name, DType::kI8, std::move(shape), bytes_of(data));
}

void SafetensorsWriter::add_u8(const std::string& name, std::span<const char> data) {
  add(name, DType::kU8, {data.size()}, data);
}

void SafetensorsWriter::add_u8(const std::string& name, std::vector<std::size_t> shape,
                               std::span<const char> data) {
  add(name, DType::kU8, std::move(shape), data);
}

#ifndef __EMSCRIPTEN__
std::string SafetensorsWriter::digest() const {
  nlohmann::json description = metadata_;
  for (const auto& [name, entry] : entries_) {
    description["tensor " + name] = {dtype_name(entry.dtype), entry.shape};
  }
  const std::string text = description.dump();
  std::vector<std::span<const char>> parts{text};
  for (const auto& [name, entry] : entries_) parts.emplace_back(entry.bytes);
  return sha256_hex(parts);
}
#endif

SecureVector<char> SafetensorsWriter::finish(Coding coding) const {
  if (coding == Coding::kNone) return write(entries_, metadata_);
  std::map<std::string, Entry> entries;
  for (const auto& [name, entry] : entries_) {
    const bool is_small = entry.bytes.size() <= kSmallTensor && !name.starts_with(kLayerTensors);
    const bool wanted = !entry.bytes.empty() && (coding == Coding::kAll || is_small);
    std::vector<char> bytes;
    if (wanted) bytes = encode_tensor(entry.dtype, entry.shape, entry.bytes);
    const std::size_t size = bytes.size();
    if (wanted && size < entry.bytes.size()) {
      entries[name + std::string(kCodedSuffix)] = {DType::kU8, {size}, std::move(bytes)};
    } else {
      entries[name] = entry;
    }
  }
  return write(entries, metadata_);
}

SecureVector<char> SafetensorsWriter::write(const std::map<std::string, Entry>& entries,
                                            const std::map<std::string, std::string>& metadata) {
  std::vector<std::pair<std::string, const Entry*>> order;
  for (const auto& [name, entry] : entries) order.emplace_back(name, &entry);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return dtype_size(a.second->dtype) > dtype_size(b.second->dtype);
  });
  nlohmann::ordered_json header;
  header["__metadata__"] = metadata;
  std::size_t offset = 0;
  for (const auto& [name, entry] : order) {
    header[name] = {{"dtype", dtype_name(entry->dtype)},
                    {"shape", entry->shape},
                    {"data_offsets", {offset, offset + entry->bytes.size()}}};
    offset += entry->bytes.size();
  }
  std::string text = header.dump();
  while ((8 + text.size()) % kDataAlignment != 0) text += ' ';

  SecureVector<char> file;
  file.reserve(8 + text.size() + offset);
  const std::uint64_t header_bytes = text.size();  // size_t has 32 bits in wasm32
  for (std::size_t i = 0; i < 8; ++i) file.push_back(static_cast<char>(header_bytes >> (8 * i)));
  file.insert(file.end(), text.begin(), text.end());
  for (const auto& [name, entry] : order) {
    file.insert(file.end(), entry->bytes.begin(), entry->bytes.end());
  }
  return file;
}

}  // namespace mayfly::model
