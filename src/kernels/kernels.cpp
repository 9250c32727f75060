// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.h"

#include <array>
#include <atomic>
#include <cstdlib>
#include <string>

#include "base/error.h"

namespace mayfly::kernels {
namespace {

enum VariantIndex : std::size_t { k_scalar, k_simd128, kVariantCount };

// Rows come in order of the list: a variant keeps the kernels of the slower ones that it lacks.
constexpr std::array<Kernels, kVariantCount> make_variants() {
  std::array<Kernels, kVariantCount> all{};
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
  for (std::size_t i = 0; i < kVariants.size(); ++i) {
    if (kVariants[i].variant == variant) return i;
    known += (i == 0 ? "" : ", ") + std::string(kVariants[i].variant);
  }
  throw Error(ErrorCode::kInvalidArgument,
              "no kernels are called \"" + std::string(variant) + "\"; choose one of " + known);
}

std::size_t initial_index() {
  const char* forced = std::getenv("MAYFLY_KERNELS");
  return forced != nullptr && *forced != '\0' ? index_of(forced) : kVariants.size() - 1;
}

// The registry: the only mutable global of the core.
std::atomic<std::size_t>& active_index() {
  static std::atomic<std::size_t> index{initial_index()};
  return index;
}

}  // namespace

std::span<const Kernels> variants() noexcept { return kVariants; }

const Kernels& active() noexcept { return kVariants[active_index().load()]; }

void select(std::string_view variant) { active_index().store(index_of(variant)); }

}  // namespace mayfly::kernels
