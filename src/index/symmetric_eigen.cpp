// SPDX-License-Identifier: Apache-2.0
#include "index/symmetric_eigen.h"

#include <cmath>

namespace mayfly::index {
namespace {

constexpr int kMostSweeps = 30;  // about 8 do
// Squares of what is left beside the diagonal, relative to all.
constexpr double kNothing = 1e-24;

void rotate_rows(double* a, double* b, double c, double s, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const double x = a[i], y = b[i];
    a[i] = c * x - s * y;
    b[i] = s * x + c * y;
  }
}

// Makes m[p][q] zero by a rotation of both rows and both columns.
void rotate(double* m, double* vectors, std::size_t p, std::size_t q, std::size_t n) {
  const double pq = m[p * n + q];
  if (pq == 0.0) return;
  const double theta = (m[q * n + q] - m[p * n + p]) / (2.0 * pq);
  // The smaller root; theta beyond 1e150 would overflow, and its tangent is nothing.
  const double t =
      std::fabs(theta) > 1e150
          ? 0.5 / theta
          : std::copysign(1.0, theta) / (std::fabs(theta) + std::sqrt(theta * theta + 1.0));
  const double c = 1.0 / std::sqrt(t * t + 1.0), s = t * c;
  rotate_rows(m + p * n, m + q * n, c, s, n);
  for (std::size_t i = 0; i < n; ++i) {
    const double x = m[i * n + p], y = m[i * n + q];
    m[i * n + p] = c * x - s * y;
    m[i * n + q] = s * x + c * y;
  }
  rotate_rows(vectors + p * n, vectors + q * n, c, s, n);
}

bool is_diagonal(std::span<const double> m, std::size_t n) {
  double beside = 0.0, all = 0.0;
  for (std::size_t i = 0; i < n * n; ++i) {
    all += m[i] * m[i];
    if (i % (n + 1) != 0) beside += m[i] * m[i];
  }
  return beside <= kNothing * all;
}

}  // namespace

SymmetricEigen symmetric_eigen(std::span<const double> matrix, std::size_t n) {
  SecureVector<double> m(matrix.begin(), matrix.end());
  SymmetricEigen result{std::vector<double>(n), SecureVector<double>(n * n)};
  for (std::size_t i = 0; i < n; ++i) result.vectors[i * n + i] = 1.0;
  for (int sweep = 0; sweep < kMostSweeps && !is_diagonal(m, n); ++sweep) {
    for (std::size_t p = 0; p + 1 < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) rotate(m.data(), result.vectors.data(), p, q, n);
    }
  }
  for (std::size_t i = 0; i < n; ++i) result.values[i] = m[i * n + i];
  return result;
}

}  // namespace mayfly::index
