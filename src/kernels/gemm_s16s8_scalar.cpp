// SPDX-License-Identifier: Apache-2.0
#include "kernels/gemm_scalar.h"

namespace mayfly::kernels {

void gemm_s16s8_scalar(const GemmS16S8& args) { gemm_scalar(args); }

}  // namespace mayfly::kernels
