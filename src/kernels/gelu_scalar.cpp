// SPDX-License-Identifier: Apache-2.0
#include "kernels/gelu_f32.h"
#include "kernels/kernels.h"

namespace mayfly::kernels {

void gelu_scalar(float* x, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    float c = x[i] < -kGeluBound ? -kGeluBound : x[i];
    c = kGeluBound < c ? kGeluBound : c;
    const float t = c * c;
    float s = kGeluPolynomial[kGeluDegree];
    for (int power = kGeluDegree - 1; power >= 0; --power) s = s * t + kGeluPolynomial[power];
    x[i] = x[i] * 0.5F + (x[i] * c) * s;
  }
}

}  // namespace mayfly::kernels
