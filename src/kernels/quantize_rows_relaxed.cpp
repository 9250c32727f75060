// SPDX-License-Identifier: Apache-2.0
#include "kernels/quantize_rows_tile.h"

namespace mayfly::kernels {

// One byte each.
void quantize_rows_relaxed(const QuantizeRows& args) { quantize_rows_in<BytePanels>(args); }

}  // namespace mayfly::kernels
