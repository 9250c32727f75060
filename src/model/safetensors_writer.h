// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "model/container.h"

namespace mayfly::model {

// Which tensors are entropy-coded, each under its name plus ".coded" (coded_tensor.h): where that
// makes them smaller. kSmallTensors are those of at most 256 KiB outside of the encoder's layers,
// whose int8 codes fill their range: they have little to gain and take long to decode.
enum class Coding { kNone, kSmallTensors, kAll };

// Collects tensors and writes one safetensors file. Widest element type first, then by name, and
// the data begins at a multiple of 64 bytes: every tensor is aligned to its element and the bytes
// depend on nothing but the contents.
class SafetensorsWriter {
 public:
  void add_f32(const std::string& name, std::vector<std::size_t> shape,
               std::span<const float> data);
  void add_i8(const std::string& name, std::vector<std::size_t> shape,
              std::span<const std::int8_t> data);
  void add_u8(const std::string& name, std::span<const char> data);
  void add_u8(const std::string& name, std::vector<std::size_t> shape, std::span<const char> data);
  void set_metadata(const std::string& key, const std::string& value) { metadata_[key] = value; }

  // SHA-256 over every tensor's name, type, shape and bytes and every metadata entry so far.
  // Native builds only.
  std::string digest() const;
  SecureVector<char> finish(Coding coding = Coding::kNone) const;

 private:
  struct Entry {
    DType dtype;
    std::vector<std::size_t> shape;
    std::vector<char> bytes;
  };
  static SecureVector<char> write(const std::map<std::string, Entry>& entries,
                                  const std::map<std::string, std::string>& metadata);
  void add(const std::string& name, DType dtype, std::vector<std::size_t> shape,
           std::span<const char> bytes);
  std::map<std::string, Entry> entries_;
  std::map<std::string, std::string> metadata_;
};

}  // namespace mayfly::model
