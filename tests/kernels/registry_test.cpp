// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "base/error.h"
#include "kernels/kernels.h"

namespace mayfly::kernels {

TEST_CASE("the scalar reference comes first and every variant has every kernel", "[kernels]") {
  REQUIRE(variants().front().variant == "scalar");
  for (const Kernels& kernels : variants()) {
    CHECK(kernels.pack_weights != nullptr);
    CHECK(kernels.quantize_rows != nullptr);
    CHECK(kernels.gemm_u7s8 != nullptr);
    CHECK(kernels.gemm_f32 != nullptr);
    CHECK(kernels.add_layer_norm != nullptr);
    CHECK(kernels.softmax != nullptr);
    CHECK(kernels.gelu != nullptr);
    CHECK(kernels.dot_s16s8 != nullptr);
    CHECK(kernels.sum_int4_rows != nullptr);
  }
}

TEST_CASE("each row of the kernel list is in its variant's table", "[kernels]") {
  std::set<std::string> names, in_the_pack;
#define MAYFLY_KERNEL(operation, name, feature)                                   \
  for (const Kernels& kernels : variants()) {                                     \
    if (kernels.variant == #name) CHECK(kernels.operation == operation##_##name); \
  }                                                                               \
  names.insert(#name);                                                            \
  if (std::string(feature) == "relaxed-simd") in_the_pack.insert(#name);
#include "kernels/kernels.inc"
#undef MAYFLY_KERNEL
#ifdef __EMSCRIPTEN__
  // There the relaxed kernels are a module of their own, which the browser tests load.
  for (const std::string& name : in_the_pack) names.erase(name);
#endif
  CHECK(names.size() == variants().size());
}

TEST_CASE("a forced variant is the one in use", "[kernels]") {
  const std::string before(active().variant);
  for (const Kernels& kernels : variants()) {
    select(kernels.variant);
    CHECK(&active() == &kernels);
  }
  CHECK_THROWS_AS(select("avx9000"), Error);
  select(before);
}

}  // namespace mayfly::kernels
