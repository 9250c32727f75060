// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "base/zeroing_allocator.h"

namespace mayfly::testing {

// The bytes of a file of build/models, which ./dev setup and build make.
inline SecureVector<char> model_file(const std::string& name) {
  std::ifstream file(MAYFLY_MODEL_DIR "/" + name, std::ios::binary | std::ios::ate);
  if (!file) FAIL("no converted model: run ./dev build");
  SecureVector<char> bytes(static_cast<std::size_t>(file.tellg()));
  file.seekg(0);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

// The converted all-MiniLM-L6-v2.
inline SecureVector<char> converted_model() { return model_file("minilm.safetensors"); }

}  // namespace mayfly::testing
