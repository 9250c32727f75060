// SPDX-License-Identifier: Apache-2.0
#include "kernels/gemm_pair_dot.h"
#include "kernels/kernels.h"

namespace mayfly::kernels {

void gemm_u7s8_simd128(const GemmU7S8& args) { multiply<PairDot>(args); }

}  // namespace mayfly::kernels
