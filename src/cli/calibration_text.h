// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

namespace mayfly::cli {

// The lines of models/calibration.txt, which conversion measures channel ranges on.
std::vector<std::string_view> calibration_texts();

}  // namespace mayfly::cli
