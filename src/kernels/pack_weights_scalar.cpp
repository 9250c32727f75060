// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include "kernels/kernels.h"

namespace mayfly::kernels {

// The reference keeps [n, k] as it is.
void pack_weights_scalar(const std::int8_t* weights, std::size_t n, std::size_t k,
                         std::int8_t* packed) {
  std::memcpy(packed, weights, n * k);
}

}  // namespace mayfly::kernels
