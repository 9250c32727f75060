// SPDX-License-Identifier: Apache-2.0
#include "bindings/buffer.h"

#include <cstdint>
#include <memory>

#include "bindings/boundary.h"

namespace mayfly::bindings {
namespace {

std::shared_ptr<Buffer> make_buffer(std::size_t byte_count) {
  return guarded([&] { return std::make_shared<Buffer>(byte_count); });
}

// A Uint8Array over the wasm memory: write at once, keep it never.
emscripten::val view_of(Buffer& buffer) {
  const std::span<char> bytes = buffer.bytes();
  auto* data = reinterpret_cast<std::uint8_t*>(bytes.data());
  return emscripten::val(emscripten::typed_memory_view(bytes.size(), data));
}

}  // namespace

EMSCRIPTEN_BINDINGS(mayfly_buffer) {
  emscripten::class_<Buffer>("Buffer")
      .smart_ptr_constructor("Buffer", &make_buffer)
      .function("view", &view_of);
}

}  // namespace mayfly::bindings
