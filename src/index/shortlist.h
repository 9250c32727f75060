// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mayfly::index {

// The places of the min(wanted, all) highest scores, ascending; of those equal to the lowest among
// them the first ones. No NaN.
std::vector<std::uint32_t> best_places(std::span<const float> scores, std::size_t wanted);

}  // namespace mayfly::index
