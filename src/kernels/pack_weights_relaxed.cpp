// SPDX-License-Identifier: Apache-2.0
#include "kernels/pack_weights_tile.h"

namespace mayfly::kernels {

// Quads: sixteen bytes are the quads of four channels. Both relaxed products read them.
void pack_weights_relaxed(const std::int8_t* weights, std::size_t n, std::size_t k,
                          std::int8_t* packed) {
  pack_panels<4>(weights, n, k, packed);
}

}  // namespace mayfly::kernels
