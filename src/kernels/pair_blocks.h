// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/gemm_u7s8.h"

namespace mayfly::kernels {

// Of one block of a panel: the sums of positive and of negated negative weights of each group of
// eight (gemm_u7s8.h), [channel, i, sign]. At most 8 * 128.
using GroupSums = std::array<std::uint16_t, kPanelRows * 4>;

// True when every group keeps within kNarrowSum.
bool is_narrow(const GroupSums& sums);

// Pairs the blocks of a narrow panel whose groups together keep within kNarrowSum: largest first,
// each with the largest that fits. Writes the order (gemm_u7s8.h), as many as blocks; returns the
// number of pairs. 1 to kMostOrdered blocks.
std::size_t pair_blocks(std::span<const GroupSums> blocks, std::uint8_t* order);

}  // namespace mayfly::kernels
