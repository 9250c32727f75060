// SPDX-License-Identifier: Apache-2.0
#pragma once
// WebAssembly's SIMD intrinsics: the compiler's own there, SIMDe's translation elsewhere, so that
// native tests run the very same kernel source.
#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#else
#define SIMDE_ENABLE_NATIVE_ALIASES
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#include <simde/wasm/simd128.h>
#pragma GCC diagnostic pop
#endif
