// SPDX-License-Identifier: Apache-2.0
#include "index/vector_whitening.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "index/symmetric_eigen.h"

namespace mayfly::index {
namespace {

constexpr double kLeastVariance = 1e-3;  // of the largest

SecureVector<float> mean_of(std::span<const float> vectors, std::size_t dim) {
  SecureVector<double> sums(dim);
  for (std::size_t i = 0; i < vectors.size(); ++i) sums[i % dim] += vectors[i];
  SecureVector<float> mean(dim);
  const double count = static_cast<double>(vectors.size() / dim);
  for (std::size_t i = 0; i < dim; ++i) mean[i] = static_cast<float>(sums[i] / count);
  return mean;
}

SecureVector<double> covariance(std::span<const float> vectors, std::span<const float> mean) {
  const std::size_t dim = mean.size();
  SecureVector<double> sums(dim * dim), centred(dim);
  for (std::size_t row = 0; row < vectors.size(); row += dim) {
    for (std::size_t i = 0; i < dim; ++i) centred[i] = double{vectors[row + i]} - mean[i];
    for (std::size_t i = 0; i < dim; ++i) {
      for (std::size_t j = 0; j < dim; ++j) sums[i * dim + j] += centred[i] * centred[j];
    }
  }
  const double count = static_cast<double>(vectors.size() / dim);
  for (double& value : sums) value /= count;
  return sums;
}

// vectors^T diag(values^-1/2) vectors: of all matrices that whiten the one that moves vectors
// least. Up to a factor, which unit length takes away.
SecureVector<float> whitening(const SymmetricEigen& eigen) {
  const std::size_t dim = eigen.values.size();
  const double largest = *std::max_element(eigen.values.begin(), eigen.values.end());
  SecureVector<float> matrix(dim * dim);
  if (!(largest > 0.0)) {  // all vectors are the same
    for (std::size_t i = 0; i < dim; ++i) matrix[i * dim + i] = 1.0F;
    return matrix;
  }
  SecureVector<double> sums(dim * dim);
  for (std::size_t axis = 0; axis < dim; ++axis) {
    const double* v = eigen.vectors.data() + axis * dim;
    const double scale = 1.0 / std::sqrt(std::max(eigen.values[axis] / largest, kLeastVariance));
    for (std::size_t i = 0; i < dim; ++i) {
      for (std::size_t j = 0; j < dim; ++j) sums[i * dim + j] += scale * v[i] * v[j];
    }
  }
  std::copy(sums.begin(), sums.end(), matrix.begin());
  return matrix;
}

}  // namespace

VectorWhitening::VectorWhitening(std::span<const float> vectors, std::size_t dim, Kind kind) {
  if (dim == 0 || vectors.empty() || vectors.size() % dim != 0) {
    throw Error(ErrorCode::kInvalidArgument,
                "centring needs one vector or more, all of the same number of dimensions");
  }
  mean_ = mean_of(vectors, dim);
  if (kind == Kind::kWhiten) matrix_ = whitening(symmetric_eigen(covariance(vectors, mean_), dim));
}

void VectorWhitening::apply(std::span<const float> vector, std::span<float> out) const {
  if (vector.size() != dim() || out.size() != dim()) {
    throw Error(ErrorCode::kDimensionMismatch,
                "a vector met a centring of another number of dimensions; use one model for both");
  }
  SecureVector<double> centred(dim()), result(dim());
  for (std::size_t i = 0; i < dim(); ++i) centred[i] = double{vector[i]} - mean_[i];
  if (matrix_.empty()) {
    result = centred;
  } else {
    for (std::size_t i = 0; i < dim(); ++i) {
      for (std::size_t j = 0; j < dim(); ++j) result[i] += matrix_[i * dim() + j] * centred[j];
    }
  }
  double squares = 0.0;
  for (const double value : result) squares += value * value;
  const double scale = squares > 0.0 ? 1.0 / std::sqrt(squares) : 0.0;
  for (std::size_t i = 0; i < dim(); ++i) out[i] = static_cast<float>(result[i] * scale);
}

}  // namespace mayfly::index
