// SPDX-License-Identifier: Apache-2.0
#include "index/sign_planes.h"

#include <algorithm>
#include <bit>

#include "kernels/sign_order.h"

namespace mayfly::index {
namespace {

std::size_t popcount(std::uint64_t word) { return static_cast<std::size_t>(std::popcount(word)); }

bool is_set(std::span<const std::uint64_t> bits, std::size_t place) {
  return (bits[place / 64] >> (place % 64) & 1) != 0;
}

}  // namespace

SignPlanes::SignPlanes(std::size_t width)
    : width_(width), digits_(static_cast<std::size_t>(std::bit_width(width))) {}

bool SignPlanes::bit(std::size_t row, std::size_t plane) const {
  return is_set(blocks_[row / kBlockRows], plane * kBlockRows + row % kBlockRows);
}

void SignPlanes::set_bit(std::size_t row, std::size_t plane, bool value) {
  const std::size_t place = row % kBlockRows;
  std::uint64_t& word = blocks_[row / kBlockRows][plane * kPlaneWords + place / 64];
  const std::uint64_t mask = std::uint64_t{1} << (place % 64);
  word = value ? word | mask : word & ~mask;
}

void SignPlanes::reserve_one() {
  if (size_ == blocks_.size() * kBlockRows) blocks_.emplace_back(block_words());
}

void SignPlanes::append(std::span<const std::uint64_t> bits) {
  reserve_one();
  replace(size_++, bits);
}

void SignPlanes::replace(std::size_t row, std::span<const std::uint64_t> bits) {
  std::size_t set = 0;
  for (std::size_t plane = 0; plane < width_; ++plane) {
    set_bit(row, plane, is_set(bits, plane));
  }
  for (const std::uint64_t word : bits) set += popcount(word);
  for (std::size_t d = 0; d < digits_; ++d) set_bit(row, width_ + 1 + d, (set >> d & 1) != 0);
}

void SignPlanes::remove(std::size_t row) {
  const std::size_t last = --size_;
  for (std::size_t plane = 0; plane < width_ + 1 + digits_; ++plane) {
    set_bit(row, plane, bit(last, plane));
    set_bit(last, plane, false);
  }
  // One empty block stays, so that adding and removing at its edge does not allocate each time.
  const std::size_t blocks_in_use = (size_ + kBlockRows - 1) / kBlockRows;
  if (blocks_.size() > blocks_in_use + 1) blocks_.resize(blocks_in_use + 1);
}

void SignPlanes::clear() {
  blocks_.clear();
  size_ = 0;
}

// [digits_ + 2, blocks, kPlaneWords]: a number for each row, the larger the more bits differ.
SignPlanes::Words SignPlanes::order_of(std::span<const std::uint64_t> bits) const {
  const auto offset = [](std::size_t plane) {
    return static_cast<std::uint32_t>(plane * kPlaneWords * sizeof(std::uint64_t));
  };
  SecureVector<std::uint32_t> offsets;
  offsets.reserve(width_ + kernels::kPlanesPerStep);
  for (std::size_t plane = 0; plane < width_; ++plane) {
    if (is_set(bits, plane)) offsets.push_back(offset(plane));
  }
  while (offsets.size() % kernels::kPlanesPerStep != 0) offsets.push_back(offset(width_));
  const std::size_t stride = blocks_.size() * kPlaneWords;
  Words order((digits_ + 2) * stride);
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    const std::uint64_t* block = blocks_[b].data();
    kernels::sign_order({block, offsets.data(), offsets.size(), block + (width_ + 1) * kPlaneWords,
                         digits_, order.data() + b * kPlaneWords, stride});
  }
  return order;
}

// Digit by digit from the highest, as a radix sort would, all rows of a word at once: `among`
// shrinks to the rows that share their digits so far with the last one taken.
std::vector<std::uint32_t> SignPlanes::least(const Words& order, std::size_t wanted,
                                             Words among) const {
  Words taken(among.size());
  for (std::size_t d = digits_ + 2; d-- > 0;) {
    const std::uint64_t* digit = order.data() + d * among.size();
    std::size_t zeros = 0;
    for (std::size_t i = 0; i < among.size(); ++i) zeros += popcount(among[i] & ~digit[i]);
    const bool enough = zeros >= wanted;
    if (!enough) wanted -= zeros;
    for (std::size_t i = 0; i < among.size(); ++i) {
      if (!enough) taken[i] |= among[i] & ~digit[i];
      among[i] &= enough ? ~digit[i] : digit[i];
    }
  }
  std::vector<std::uint32_t> rows;
  for (std::size_t i = 0; i < among.size(); ++i) {
    for (std::uint64_t rest = taken[i] | among[i]; rest != 0; rest &= rest - 1) {
      const bool equal = (among[i] & rest & -rest) != 0;
      if (equal && wanted == 0) continue;
      if (equal) --wanted;
      rows.push_back(
          static_cast<std::uint32_t>(64 * i + static_cast<std::size_t>(std::countr_zero(rest))));
    }
  }
  return rows;
}

std::vector<std::uint32_t> SignPlanes::nearest(std::span<const std::uint64_t> bits,
                                               std::size_t wanted) const {
  Words all(blocks_.size() * kPlaneWords);
  std::fill_n(all.begin(), size_ / 64, ~std::uint64_t{0});
  if (size_ % 64 != 0) all[size_ / 64] = (std::uint64_t{1} << (size_ % 64)) - 1;
  return least(order_of(bits), wanted, std::move(all));
}

std::vector<std::uint32_t> SignPlanes::nearest(std::span<const std::uint64_t> bits,
                                               std::size_t wanted,
                                               std::span<const std::uint32_t> among) const {
  Words some(blocks_.size() * kPlaneWords);
  for (const std::uint32_t row : among) some[row / 64] |= std::uint64_t{1} << (row % 64);
  return least(order_of(bits), wanted, std::move(some));
}

}  // namespace mayfly::index
