// SPDX-License-Identifier: Apache-2.0
#include "kernels/gemm_scalar.h"

namespace mayfly::kernels {

void gemm_u7s8_scalar(const GemmU7S8& args) { gemm_scalar(args); }

}  // namespace mayfly::kernels
