// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "kernels/kernel_pack.h"

namespace mayfly::kernels {
namespace {

enum VariantIndex : std::size_t { k_scalar, k_simd128, k_relaxed, k_relaxed_dot, kVariantCount };

// How each variant stores a quantized activation.
constexpr std::size_t kActivationBytes[kVariantCount] = {1, 2, 1, 1};

// Rows come in order of the list: a variant keeps the kernels of the slower ones that it lacks.
constexpr std::array<Kernels, kVariantCount> make_variants() {
  std::array<Kernels, kVariantCount> all{};
  for (std::size_t i = 0; i < kVariantCount; ++i) all[i].activation_bytes = kActivationBytes[i];
#define MAYFLY_KERNEL(operation, name, feature)            \
  for (std::size_t i = k_##name; i < kVariantCount; ++i) { \
    all[i].operation = &operation##_##name;                \
  }                                                        \
  all[k_##name].variant = #name;
#include "kernels/kernels.inc"
#undef MAYFLY_KERNEL
  return all;
}

constexpr std::array<Kernels, kVariantCount> kVariants = make_variants();

std::size_t index_of(std::string_view variant) {
  std::string known;
  for (const Kernels& kernels : variants()) {
    if (kernels.variant == variant) return static_cast<std::size_t>(&kernels - kVariants.data());
    known += (known.empty() ? "" : ", ") + std::string(kernels.variant);
  }
  throw Error(ErrorCode::kInvalidArgument, "no kernels called \"" + std::string(variant) +
                                               "\" run here; choose one of " + known);
}

std::size_t initial_index() {
  const char* forced = std::getenv("MAYFLY_KERNELS");
  if (forced != nullptr && *forced != '\0') return index_of(forced);
  // Natively both relaxed forms are the same instructions; "relaxed" needs fewer.
  return std::min<std::size_t>(variants().size() - 1, k_relaxed);
}

// The registry: the only mutable global of the core, with the pack's pointers (kernel_pack.cpp).
std::atomic<std::size_t>& active_index() {
  static std::atomic<std::size_t> index{initial_index()};
  return index;
}

}  // namespace

std::span<const Kernels> variants() noexcept {
  return std::span<const Kernels>(kVariants).first(kernel_pack_present() ? kVariantCount
                                                                         : k_relaxed);
}

const Kernels& active() noexcept { return kVariants[active_index().load()]; }

void select(std::string_view variant) { active_index().store(index_of(variant)); }

}  // namespace mayfly::kernels
