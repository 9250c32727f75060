// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mayfly::model {

// Range asymmetric numeral systems (Duda 2013) over bytes, with static tables and four interleaved
// 32-bit states that are refilled 16 bits at a time (Giesen 2014, "Interleaved entropy coders").
// Decoding a symbol is one table look-up, one multiplication and at most one refill.
inline constexpr unsigned kRansBits = 12;
inline constexpr std::uint32_t kRansTotal = 1U << kRansBits;  // what the frequencies sum up to
inline constexpr std::uint32_t kRansLowest = 1U << 16;        // states are in [2^16, 2^32)
inline constexpr std::size_t kRansLanes = 4;

using RansFrequencies = std::array<std::uint16_t, 256>;  // of each byte; sum kRansTotal
using RansStates = std::array<std::uint32_t, kRansLanes>;

// Frequencies for bytes that occur counts[b] times: each that occurs at least 1. Not all 0.
RansFrequencies rans_frequencies(const std::array<std::uint64_t, 256>& counts);

// Encodes stretches of symbols last to first; the words come out in the decoder's order reversed.
class RansEncoder {
 public:
  // Every symbol has a frequency. The decoder reads the stretch that was put last first.
  void put(std::span<const std::uint8_t> symbols, const RansFrequencies& frequencies);
  const RansStates& states() const { return states_; }
  const std::vector<std::uint16_t>& reversed_words() const { return words_; }

 private:
  RansStates states_{kRansLowest, kRansLowest, kRansLowest, kRansLowest};
  std::vector<std::uint16_t> words_;
};

// Decodes stretches of symbols. Any bytes are safe: it never reads outside them.
class RansDecoder {
 public:
  // words: little-endian 16-bit words, an even number of bytes.
  RansDecoder(const RansStates& states, std::span<const char> words)
      : states_(states), words_(words) {}

  // frequencies must sum up to kRansTotal. Past the end of the words zeros are read: see
  // finished().
  void use(const RansFrequencies& frequencies);
  void get(std::span<std::uint8_t> symbols);
  // True when exactly all words were read and every state is back where encoding began: what
  // remains true of damaged data only by a chance of 2^-64 or less.
  bool finished() const;

 private:
  std::uint8_t step(std::uint32_t& state);

  std::array<std::uint32_t, kRansTotal> slots_{};  // symbol, frequency - 1 and offset in the symbol
  RansStates states_;
  std::span<const char> words_;
  std::size_t position_ = 0;
};

}  // namespace mayfly::model
