// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_rate.h"

#include <vector>

#include "base/clock.h"
#include "base/error.h"

namespace mayfly::kernels {
namespace {

// Operands of one product, prepared as the encoder prepares them; all panels are narrow, as in the
// models that the converter makes.
struct Operands {
  Operands(const Kernels& kernels, std::size_t m, std::size_t n, std::size_t k)
      : activations(activation_count(m, k) * kernels.activation_bytes),
        weights(packed_bytes(n, k)),
        rows(m),
        ones(n, 1.0F),
        out(m * n) {
    const std::vector<float> x(m * k, 1.0F);
    const std::vector<std::int8_t> plain(n * k, 1);
    kernels.quantize_rows({x.data(), k, nullptr, m, k, activations.data(), rows.data()});
    kernels.pack_weights(plain.data(), n, k, weights.data());
  }

  std::vector<std::uint8_t> activations;
  std::vector<std::int8_t> weights;
  std::vector<RowScale> rows;
  std::vector<float> ones;
  std::vector<float> out;
};

}  // namespace

double kernel_rate(const Kernels& kernels, std::size_t m, std::size_t n, std::size_t k,
                   double budget_ms) {
  if (m == 0 || n == 0 || k == 0 || n % 8 != 0 || k % 8 != 0) {
    throw Error(ErrorCode::kInvalidArgument,
                "a product to time needs rows, and columns and depth in multiples of 8");
  }
  Operands o(kernels, m, n, k);
  const GemmU7S8 product{o.activations.data(),
                         o.rows.data(),
                         o.weights.data(),
                         o.ones.data(),
                         o.ones.data(),
                         o.ones.data(),
                         o.out.data(),
                         m,
                         n,
                         k,
                         n};
  kernels.gemm_u7s8(product);  // the first one finds the caches cold
  const double begin = monotonic_ms();
  double elapsed = 0.0;
  double products = 0.0;
  do {
    kernels.gemm_u7s8(product);
    products += 1.0;
    elapsed = monotonic_ms() - begin;
  } while (elapsed < budget_ms);
  return products * static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k) /
         (elapsed / 1000.0);
}

}  // namespace mayfly::kernels
