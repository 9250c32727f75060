// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>

namespace {

std::uint64_t bits_of(double value) {
  std::uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

// glibc's and musl's strtod round correctly, by other algorithms.
void check_agrees(const std::string& number) {
  const double expected = std::strtod(number.c_str(), nullptr);
  const double value = mayfly::decimal_to_double(number);
  if (bits_of(value) != bits_of(expected)) {
    CAPTURE(number, value, expected);
    FAIL_CHECK("not the nearest double");
  }
}

// All digits that the double has in decimal.
std::string exact_digits(double value) {
  char digits[1200];
  std::snprintf(digits, sizeof digits, "%.1100e", value);
  return digits;
}

}  // namespace

TEST_CASE("decimal numbers at the edges of doubles become the nearest one", "[base]") {
  for (const char* const number : {"0",
                                   "-0",
                                   "0.0e99999999999999999999",
                                   "1",
                                   "-1.5",
                                   "0.1",
                                   "1e22",
                                   "1e23",
                                   "9007199254740993",
                                   "9007199254740992.999999999999999999999999999999",
                                   "123456789012345678901234567890",
                                   "1.7976931348623157e308",
                                   "1.7976931348623158e308",
                                   "1.7976931348623159e308",
                                   "1e309",
                                   "-1e99999999999999999999",
                                   "1e-99999999999999999999",
                                   "5e-324",
                                   "4.9e-324",
                                   "2.5e-324",
                                   "2.4703282292062327e-324",
                                   "2.4703282292062328e-324",
                                   "2.2250738585072014e-308",
                                   "2.2250738585072011e-308",
                                   "2.225073858507201136057409796709131975934819546351645648e-308",
                                   "6.929001713869936e+236",
                                   "0.000000000000000000000000000000000000000000001e45"}) {
    check_agrees(number);
  }
}

TEST_CASE("halfway between two doubles the even one is taken, and a last digit decides", "[base]") {
  const std::string tie = "9007199254740993";
  const std::string zeros(2000, '0');
  CHECK(mayfly::decimal_to_double(tie) == 9007199254740992.0);
  CHECK(mayfly::decimal_to_double(tie + "." + zeros) == 9007199254740992.0);
  CHECK(mayfly::decimal_to_double(tie + "." + zeros + "1") == 9007199254740994.0);
  CHECK(mayfly::decimal_to_double(tie + zeros + "1e-2001") == 9007199254740994.0);
  CHECK(mayfly::decimal_to_double("0." + zeros + tie + "e2016") == 9007199254740992.0);
}

TEST_CASE("random decimal numbers become the nearest double", "[base]") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    std::string number(1, static_cast<char>('1' + random() % 9));
    const std::size_t length = i % 50 == 0 ? random() % 1500 : random() % 40;
    while (number.size() < length) number += static_cast<char>('0' + random() % 10);
    number.insert(1 + random() % number.size(), ".");
    if (number.back() == '.') number += '0';
    check_agrees(number + "e" + std::to_string(static_cast<int>(random() % 680) - 345));
  }
}

TEST_CASE(
    "written out whole, doubles are read back, and middles between two are rounded to the even one",
    "[base]") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 3'000; ++i) {
    // Every tenth is subnormal.
    const std::uint64_t mask = i % 10 == 0 ? 0x800FFFFFFFFFFFFF : 0xFFFFFFFFFFFFFFFF;
    const std::uint64_t bits = random() & mask;
    double value;
    std::memcpy(&value, &bits, sizeof value);
    if (!(value - value == 0)) continue;
    std::string digits = exact_digits(value);
    check_agrees(digits);
    digits.insert(digits.find('e'), "1");
    check_agrees(digits);
  }
  // Exact middles: odd 54-bit numbers lie between two doubles.
  for (int i = 0; i < 2'000; ++i) {
    const std::uint64_t odd =
        (random() | std::uint64_t{1} << 53 | 1) & ((std::uint64_t{1} << 54) - 1);
    const std::string middle = std::to_string(odd);
    check_agrees(middle);
    check_agrees(middle + ".0000000000000000000000000000001");
  }
}
