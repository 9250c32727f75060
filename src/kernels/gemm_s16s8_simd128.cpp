// SPDX-License-Identifier: Apache-2.0
#include "kernels/gemm_pair_dot.h"
#include "kernels/kernels.h"

namespace mayfly::kernels {

void gemm_s16s8_simd128(const GemmS16S8& args) { multiply<PairDot>(args); }

}  // namespace mayfly::kernels
