// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>

#include "base/zeroing_allocator.h"

namespace mayfly::index {

// Spreads vectors that lie in a narrow cone, where all cosines are high and tell little apart: a
// transform fitted on a collection, to be applied to its vectors and to every query alike.
//
// kCentre subtracts the mean (Mu and Viswanath 2018). kWhiten also makes all directions equally
// long (Su et al. 2021), those of less than a thousandth of the largest variance as if they had so
// much. Both end with unit length. Whether they help is a matter of the model: measure.
class VectorWhitening {
 public:
  enum class Kind { kCentre, kWhiten };

  // Fitted on `vectors` [n, dim], n >= 1, finite; kWhiten wants many more vectors than dimensions
  // and takes time cubic in dim (a second for 384). Error(kInvalidArgument) where there are none or
  // not whole ones.
  VectorWhitening(std::span<const float> vectors, std::size_t dim, Kind kind);

  std::size_t dim() const { return mean_.size(); }

  // [dim] to [dim], which may be the same. Unit length, or zeros for the mean itself. Values must
  // be finite; Error(kDimensionMismatch) for another number of them.
  void apply(std::span<const float> vector, std::span<float> out) const;

 private:
  SecureVector<float> mean_;
  SecureVector<float> matrix_;  // [dim, dim], kWhiten
};

}  // namespace mayfly::index
