// SPDX-License-Identifier: Apache-2.0
#include "bindings/boundary.h"

#include <cstdint>
#include <new>
#include <stdexcept>

namespace mayfly::bindings {

using emscripten::typed_memory_view;
using emscripten::val;

namespace {

[[noreturn]] void throw_to_javascript(ErrorCode code, const std::string& message) {
  const bool out_of_memory = code == ErrorCode::kOutOfMemory && message.empty();
  val error = val::global("Error").new_(
      val(out_of_memory ? "WebAssembly memory ran out; remove documents or add fewer at a time"
                        : message.c_str()));
  error.set("code", val(std::string(error_code_name(code))));
  error.throw_();
}

}  // namespace

// The JavaScript exception is thrown outside the handlers, after the C++ exception has been
// released.
void run_guarded(FunctionRef<void()> call) {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  try {
    call();
    return;
  } catch (const Error& error) {
    code = error.code();
    message = error.what();
  } catch (const std::bad_alloc&) {
    code = ErrorCode::kOutOfMemory;
  } catch (const std::length_error&) {
    code = ErrorCode::kOutOfMemory;
  } catch (const std::exception& error) {
    message = error.what();
  }
  throw_to_javascript(code, message);
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
