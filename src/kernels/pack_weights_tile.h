// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "kernels/kernels.h"

namespace mayfly::kernels {

// Panels of 8 output channels; in a panel, for each group of kGroup neighbours along k in turn, the
// group of channel 0, of channel 1, ... So one load holds the groups of four channels, which a dot
// product multiplies with one group of activations repeated four times.
template <std::size_t kGroup>
inline void pack_panels(const std::int8_t* weights, std::size_t n, std::size_t k,
                        std::int8_t* packed) {
  for (std::size_t panel = 0; panel < n; panel += kPanelColumns) {
    for (std::size_t group = 0; group < k; group += kGroup) {
      for (std::size_t column = panel; column < panel + kPanelColumns; ++column) {
        for (std::size_t p = group; p < group + kGroup; ++p) *packed++ = weights[column * k + p];
      }
    }
  }
}

}  // namespace mayfly::kernels
