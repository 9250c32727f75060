// SPDX-License-Identifier: Apache-2.0
#include "model/cholesky.h"

#include <cmath>
#include <vector>

#include "base/error.h"

namespace mayfly::model {
namespace {

// Both steps below work on whole rows (y -= factor * x), which compilers vectorise without
// changing the order of any sum.
void subtract_multiple(const double* x, double factor, double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] -= factor * x[i];
}

// Upper triangle of a becomes G = L^T.
void factorise(std::span<double> a, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    double* row = a.data() + i * n;
    for (std::size_t k = 0; k < i; ++k) {
      const double* above = a.data() + k * n;
      subtract_multiple(above + i, above[i], row + i, n - i);
    }
    if (!(row[i] > 0.0)) {
      throw Error(ErrorCode::kInvalidModel,
                  "the calibration text leaves a layer's inputs without variation; use other text");
    }
    const double root = std::sqrt(row[i]);
    for (std::size_t j = i; j < n; ++j) row[j] /= root;
  }
}

}  // namespace

void invert_lower_factor(std::span<double> a, std::size_t n) {
  factorise(a, n);
  std::vector<double> inverse(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    double* row = inverse.data() + i * n;
    row[i] = 1.0;
    for (std::size_t k = 0; k < i; ++k) {
      subtract_multiple(inverse.data() + k * n, a[k * n + i], row, k + 1);
    }
    const double pivot = a[i * n + i];
    for (std::size_t j = 0; j <= i; ++j) row[j] /= pivot;
  }
  std::copy(inverse.begin(), inverse.end(), a.begin());
}

}  // namespace mayfly::model
