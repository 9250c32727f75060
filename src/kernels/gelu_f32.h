// SPDX-License-Identifier: Apache-2.0
#pragma once
// GELU(x) = x * Phi(x) (Hendrycks & Gimpel 2016) as x / 2 + x * c * S(c^2), c = x clamped to
// [-4.5, 4.5]. S is the even function (Phi(x) - 1/2) / x by a degree-8 polynomial in x^2, minimax
// for the error of GELU with S(4.5^2) = 0.5 / 4.5, so that the function goes over into x and 0
// outside. Largest error measured in f32: 5.5e-5 on [-8, 8].
namespace mayfly::kernels {

inline constexpr float kGeluBound = 4.5F;
inline constexpr int kGeluDegree = 8;
inline constexpr float kGeluPolynomial[kGeluDegree + 1] = {  // ascending powers of x^2
    0.39870861172676086F,    -0.06597732752561569F,   0.009580687619745731F,
    -0.0010362624889239669F, 8.121105202008039e-05F,  -4.431796241988195e-06F,
    1.5803101405253983e-07F, -3.284045924090151e-09F, 3.00014631193779e-11F};

}  // namespace mayfly::kernels
