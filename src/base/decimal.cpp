// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace mayfly {
namespace {

// A tie between two doubles has at most 767 significant digits. Of longer numbers only the first
// 800 are read, and whether there is anything behind them.
constexpr std::size_t kMostDigits = 800;
constexpr std::uint32_t kTenToNine = 1'000'000'000;
// 800 digits are 84 words, and dividing them by up to 10^1130 shifts them by 121 first
// (magnitude()).
constexpr std::size_t kMostWords = 256;

// A natural number, and whether the true one is larger by less than its last digit.
class Natural {
 public:
  void multiply_add(std::uint32_t factor, std::uint32_t summand) {
    std::uint64_t carry = summand;
    for (std::size_t i = 0; i < count_; ++i) {
      carry += std::uint64_t{words_[i]} * factor;
      words_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) words_[count_++] = static_cast<std::uint32_t>(carry);
  }

  void divide(std::uint32_t divisor) {
    std::uint64_t rest = 0;
    for (std::size_t i = count_; i-- > 0;) {
      rest = rest << 32 | words_[i];
      words_[i] = static_cast<std::uint32_t>(rest / divisor);
      rest %= divisor;
    }
    add_rest(rest != 0);
    while (count_ > 0 && words_[count_ - 1] == 0) --count_;
  }

  void shift_left_words(std::size_t count) {
    for (std::size_t i = count_; i-- > 0;) words_[i + count] = words_[i];
    std::fill_n(words_.begin(), count, 0);
    count_ += count;
  }
  void add_rest(bool is_more) { more_ = more_ || is_more; }

  // The whole number times 2^exponent, rounded.
  double to_double(int exponent) const {
    std::uint64_t top = 0;
    bool more = more_;
    int taken = 0;  // bits of `top`
    for (std::size_t i = count_; i-- > 0;) {
      for (int bit = 31; bit >= 0; --bit) {
        const std::uint32_t value = words_[i] >> bit & 1;
        if (taken == 64) {
          more = more || value != 0;
          ++exponent;
        } else if (taken != 0 || value != 0) {
          top = top << 1 | value;
          ++taken;
        }
      }
    }
    if (taken == 0) return 0;
    return rounded(top << (64 - taken), exponent - (64 - taken), more);
  }

 private:
  // `top` has its highest bit set, and stands for top * 2^exponent and more.
  static double rounded(std::uint64_t top, int exponent, bool more) {
    // 53 bits are kept; below 2^-1022, which is 2^63 * 2^-1085, one less for each halving.
    const int dropped = 11 + std::max(0, -1085 - exponent);
    if (dropped > 64) return 0;
    std::uint64_t kept = dropped == 64 ? 0 : top >> dropped;
    const std::uint64_t half = std::uint64_t{1} << (dropped - 1);
    const std::uint64_t rest = dropped == 64 ? top : top & (2 * half - 1);
    if (rest > half || (rest == half && (more || (kept & 1) != 0))) ++kept;
    if (exponent > 960) return std::numeric_limits<double>::infinity();
    // As bits, so that a carry out of the 53 moves into the exponent, up to that of infinity. The
    // kept bits' highest one adds 1 to the exponent, and is not there in a subnormal number.
    const auto biased = static_cast<std::uint64_t>(std::max(0, exponent + 1085));
    const std::uint64_t bits = (biased << 52) + kept;
    double result;
    std::memcpy(&result, &bits, sizeof result);
    return result;
  }

  std::array<std::uint32_t, kMostWords> words_;  // the lowest first; the last of count_ is not 0
  std::size_t count_ = 0;
  bool more_ = false;
};

struct Decimal {
  Natural digits;
  std::uint64_t leading = 0;  // the same, where there are at most 19 digits
  std::size_t digit_count = 0;
  std::int64_t exponent = 0;  // of ten
  bool is_negative = false;
};

// No text has so many digits that they would make up for such an exponent.
constexpr std::int64_t kFar = 100'000'000'000'000'000;

Decimal parse(std::string_view number) {
  Decimal result;
  std::size_t at = 0;
  if (number[at] == '-') result.is_negative = ++at != 0;
  bool in_fraction = false;
  for (; at < number.size() && (number[at] | 0x20) != 'e'; ++at) {
    if (number[at] == '.') {
      in_fraction = true;
      continue;
    }
    const auto digit = static_cast<std::uint32_t>(number[at] - '0');
    const bool counts = result.digit_count != 0 || digit != 0;
    if (counts && result.digit_count < kMostDigits) {
      ++result.digit_count;
      result.digits.multiply_add(10, digit);
      if (result.digit_count <= 19) result.leading = result.leading * 10 + digit;
      result.exponent -= in_fraction ? 1 : 0;
    } else {
      result.digits.add_rest(digit != 0);
      if (counts != in_fraction) result.exponent += counts ? 1 : -1;
    }
  }
  if (at == number.size()) return result;
  ++at;
  const bool is_below_one = number[at] == '-';
  if (number[at] == '-' || number[at] == '+') ++at;
  std::int64_t exponent = 0;
  for (; at < number.size(); ++at) exponent = std::min(kFar, exponent * 10 + (number[at] - '0'));
  result.exponent += is_below_one ? -exponent : exponent;
  return result;
}

double magnitude(Decimal& decimal) {
  if (decimal.digit_count == 0) return 0;
  // One operation on two exact doubles is rounded once (Clinger 1990).
  constexpr std::int64_t kExactPower = 22;
  const std::int64_t distance = decimal.exponent < 0 ? -decimal.exponent : decimal.exponent;
  if (decimal.digit_count <= 15 && distance <= kExactPower) {
    double power = 1;
    for (std::int64_t i = 0; i < distance; ++i) power *= 10;
    const auto digits = static_cast<double>(decimal.leading);
    return decimal.exponent < 0 ? digits / power : digits * power;
  }
  // The first digit's place: doubles lie between 10^-324 and 10^309.
  const std::int64_t highest = decimal.exponent + static_cast<std::int64_t>(decimal.digit_count);
  if (highest > 310) return std::numeric_limits<double>::infinity();
  if (highest < -330) return 0;
  for (; decimal.exponent > 0; --decimal.exponent) decimal.digits.multiply_add(10, 0);
  if (decimal.exponent == 0) return decimal.digits.to_double(0);
  // 10^9 has less than 30 bits, so that at least 64 remain after all divisions.
  const auto words = static_cast<int>((distance + 8) / 9 * 30 / 32 + 3);
  decimal.digits.shift_left_words(static_cast<std::size_t>(words));
  for (; decimal.exponent <= -9; decimal.exponent += 9) decimal.digits.divide(kTenToNine);
  for (; decimal.exponent < 0; ++decimal.exponent) decimal.digits.divide(10);
  return decimal.digits.to_double(-32 * words);
}

}  // namespace

double decimal_to_double(std::string_view number) {
  Decimal decimal = parse(number);
  const double value = magnitude(decimal);
  return decimal.is_negative ? -value : value;
}

}  // namespace mayfly
