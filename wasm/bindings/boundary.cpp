// SPDX-License-Identifier: Apache-2.0
#include "bindings/boundary.h"

#include <cstdint>

namespace mayfly::bindings {

using emscripten::typed_memory_view;
using emscripten::val;

void throw_to_javascript(ErrorCode code, const std::string& message) {
  const bool out_of_memory = code == ErrorCode::kOutOfMemory && message.empty();
  val error = val::global("Error").new_(
      val(out_of_memory ? "WebAssembly memory ran out; remove documents or add fewer at a time"
                        : message.c_str()));
  error.set("code", val(std::string(error_code_name(code))));
  error.throw_();
}

val copy_out(std::span<const float> values) {
  return val::global("Float32Array").new_(typed_memory_view(values.size(), values.data()));
}

val copy_out(std::span<const std::int32_t> values) {
  return val::global("Int32Array").new_(typed_memory_view(values.size(), values.data()));
}

val copy_out(std::span<const std::uint32_t> values) {
  return val::global("Uint32Array").new_(typed_memory_view(values.size(), values.data()));
}

val copy_out(std::span<const char> bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  return val::global("Uint8Array").new_(typed_memory_view(bytes.size(), data));
}

}  // namespace mayfly::bindings
