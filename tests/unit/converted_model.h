// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "base/zeroing_allocator.h"

namespace mayfly::testing {

// The bytes of the converted all-MiniLM-L6-v2, which ./dev setup and build make.
inline SecureVector<char> converted_model() {
  std::ifstream file(MAYFLY_MODEL_DIR "/minilm.safetensors", std::ios::binary | std::ios::ate);
  if (!file) FAIL("no converted model: run ./dev build");
  SecureVector<char> bytes(static_cast<std::size_t>(file.tellg()));
  file.seekg(0);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

}  // namespace mayfly::testing
