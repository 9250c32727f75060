// SPDX-License-Identifier: Apache-2.0
#include "model/rans.h"

#include <algorithm>

namespace mayfly::model {

RansFrequencies rans_frequencies(const std::array<std::uint64_t, 256>& counts) {
  std::uint64_t total = 0;
  for (const std::uint64_t count : counts) total += count;
  RansFrequencies frequencies{};
  std::uint32_t sum = 0;
  for (std::size_t symbol = 0; symbol < 256; ++symbol) {
    if (counts[symbol] == 0) continue;
    const std::uint64_t share = counts[symbol] * kRansTotal / total;
    frequencies[symbol] = static_cast<std::uint16_t>(std::max<std::uint64_t>(1, share));
    sum += frequencies[symbol];
  }
  // Rounding leaves some over, or the raised ones take too many: the most frequent bear it.
  while (sum != kRansTotal) {
    std::uint16_t& most = *std::max_element(frequencies.begin(), frequencies.end());
    if (sum < kRansTotal) {
      most = static_cast<std::uint16_t>(most + (kRansTotal - sum));
      sum = kRansTotal;
    } else {
      --most;
      --sum;
    }
  }
  return frequencies;
}

void RansEncoder::put(std::span<const std::uint8_t> symbols, const RansFrequencies& frequencies) {
  std::array<std::uint32_t, 256> first{};
  for (std::size_t symbol = 1; symbol < 256; ++symbol) {
    first[symbol] = first[symbol - 1] + frequencies[symbol - 1];
  }
  for (std::size_t i = symbols.size(); i-- > 0;) {
    std::uint32_t& state = states_[i % kRansLanes];
    const std::uint32_t frequency = frequencies[symbols[i]];
    // 64 bits: for frequency = kRansTotal the bound is 2^32.
    if (state >= std::uint64_t{frequency} << (32 - kRansBits)) {
      words_.push_back(static_cast<std::uint16_t>(state));
      state >>= 16;
    }
    state = (state / frequency << kRansBits) + state % frequency + first[symbols[i]];
  }
}

void RansDecoder::use(const RansFrequencies& frequencies) {
  std::size_t slot = 0;
  for (std::uint32_t symbol = 0; symbol < 256; ++symbol) {
    const std::uint32_t frequency = frequencies[symbol];
    for (std::uint32_t offset = 0; offset < frequency && slot < slots_.size(); ++offset, ++slot) {
      slots_[slot] = symbol << 24 | (frequency - 1) << 12 | offset;
    }
  }
}

inline std::uint8_t RansDecoder::step(std::uint32_t& state) {
  const std::uint32_t slot = slots_[state & (kRansTotal - 1)];
  state = ((slot >> 12 & 0xFFFU) + 1) * (state >> kRansBits) + (slot & 0xFFFU);
  if (state < kRansLowest) {
    std::uint32_t word = 0;
    if (position_ + 1 < words_.size()) {
      word = static_cast<unsigned char>(words_[position_]) |
             std::uint32_t{static_cast<unsigned char>(words_[position_ + 1])} << 8;
    }
    position_ += 2;
    state = state << 16 | word;
  }
  return static_cast<std::uint8_t>(slot >> 24);
}

void RansDecoder::get(std::span<std::uint8_t> symbols) {
  RansStates states = states_;  // in registers
  std::size_t i = 0;
  for (; i + kRansLanes <= symbols.size(); i += kRansLanes) {
    for (std::size_t lane = 0; lane < kRansLanes; ++lane) symbols[i + lane] = step(states[lane]);
  }
  for (; i < symbols.size(); ++i) symbols[i] = step(states[i % kRansLanes]);
  states_ = states;
}

bool RansDecoder::finished() const {
  return position_ == words_.size() &&
         std::all_of(states_.begin(), states_.end(),
                     [](std::uint32_t state) { return state == kRansLowest; });
}

}  // namespace mayfly::model
