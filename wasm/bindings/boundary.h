// SPDX-License-Identifier: Apache-2.0
// The boundary to JavaScript has three verbs: copy in (Buffer), compute, copy out (copy_out). No
// view of the wasm memory outlives the synchronous call that made it, because growth detaches it.
// Bound functions take references and numbers only: Embind does not release by-value arguments
// (std::string, shared_ptr) of a call that throws, and those would keep text alive.
#pragma once
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "base/error.h"
#include "base/function_ref.h"

namespace mayfly::bindings {

// Runs `call`; what it throws arrives in JavaScript as an Error whose `code` is the stable name of
// its ErrorCode.
void run_guarded(FunctionRef<void()> call);

// The same for a call with a result. Only this part is there once for each bound function.
template <typename Call>
auto guarded(Call&& call) -> decltype(call()) {
  using Result = decltype(call());
  if constexpr (std::is_void_v<Result>) {
    run_guarded(call);
  } else {
    std::optional<Result> result;
    run_guarded([&] { result.emplace(call()); });
    return *std::move(result);
  }
}

// A fresh typed array of JavaScript's own with the elements of `values`.
emscripten::val copy_out(std::span<const float> values);
emscripten::val copy_out(std::span<const std::int32_t> values);
emscripten::val copy_out(std::span<const std::uint32_t> values);
emscripten::val copy_out(std::span<const char> bytes);  // Uint8Array

}  // namespace mayfly::bindings
