// SPDX-License-Identifier: Apache-2.0
// The boundary to JavaScript has three verbs: copy in (Buffer), compute, copy out (copy_out). No
// view of the wasm memory outlives the synchronous call that made it, because growth detaches it.
// Bound functions take references and numbers only: Embind does not release by-value arguments
// (std::string, shared_ptr) of a call that throws, and those would keep text alive.
#pragma once
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstdint>
#include <new>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/error.h"

namespace mayfly::bindings {

// Throws a JavaScript Error whose `code` is the stable name of `code`.
[[noreturn]] void throw_to_javascript(ErrorCode code, const std::string& message);

// Runs `call`; what it throws arrives in JavaScript as an Error with `code` and `message`. The
// JavaScript exception is thrown outside the handlers, after the C++ exception has been released.
template <typename Call>
auto guarded(Call&& call) -> decltype(call()) {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  try {
    return call();
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

// A fresh typed array of JavaScript's own with the elements of `values`.
emscripten::val copy_out(std::span<const float> values);
emscripten::val copy_out(std::span<const std::int32_t> values);
emscripten::val copy_out(std::span<const std::uint32_t> values);
emscripten::val copy_out(std::span<const char> bytes);  // Uint8Array

}  // namespace mayfly::bindings
