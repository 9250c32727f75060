// SPDX-License-Identifier: Apache-2.0
#include "index/ivf_index.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "index/exact_scan.h"
#include "index/training.h"

namespace mayfly::index {
namespace {

template <typename Values>
std::size_t bytes_of(const Values& values) {
  return values.capacity() * sizeof(values[0]);
}

}  // namespace

IvfIndex::IvfIndex(std::size_t dim, const IvfOptions& options)
    : options_(options), rows_(dim, options.precision, options.metric), centres_(rows_) {}

std::size_t IvfIndex::byte_count() const {
  std::size_t bytes =
      rows_.byte_count() + centres_.byte_count() + bytes_of(cells_) + bytes_of(places_);
  for (const Rows& list : lists_) bytes += sizeof list + bytes_of(list);
  return bytes;
}

void IvfIndex::enlist(std::uint32_t row, std::uint32_t cell) {
  cells_[row] = cell;
  places_[row] = static_cast<std::uint32_t>(lists_[cell].size());
  lists_[cell].push_back(row);
}

// The last of the cell takes the row's place.
void IvfIndex::strike_out(std::uint32_t row) {
  Rows& list = lists_[cells_[row]];
  list[places_[row]] = list.back();
  places_[list.back()] = places_[row];
  list.back() = 0;
  list.pop_back();
}

// New centres and lists, which take the place of the old ones when all is done.
void IvfIndex::train() {
  const std::size_t count = rows_.size();
  std::size_t wanted = options_.cells;
  if (wanted == 0) wanted = static_cast<std::size_t>(2 * std::sqrt(static_cast<double>(count)));
  CellCentres centres(rows_);
  centres.fit(rows_, std::min(wanted, count), options_.seed);
  Rows cells(count), places(count);
  std::vector<Rows> lists(centres.size());
  for (std::size_t row = 0; row < count; ++row) {
    cells[row] = centres.nearest(rows_[row]);
    places[row] = static_cast<std::uint32_t>(lists[cells[row]].size());
    lists[cells[row]].push_back(static_cast<std::uint32_t>(row));
  }
  centres_ = std::move(centres);
  cells_ = std::move(cells);
  places_ = std::move(places);
  lists_ = std::move(lists);
  trained_size_ = count;
}

void IvfIndex::append(std::span<const float> vector) {
  SecureVector<float> space;
  rows_.kept(vector, space);
  if (size() >= std::max(kFirstTraining, 2 * trained_size_)) train();
  rows_.append(vector);
  if (lists_.empty()) return;
  const auto row = static_cast<std::uint32_t>(size() - 1);
  try {
    cells_.resize(size());
    places_.resize(size());
    enlist(row, centres_.nearest(rows_[row]));
  } catch (...) {  // of memory there was too little
    cells_.resize(row);
    places_.resize(row);
    rows_.remove(row);
    throw;
  }
}

void IvfIndex::replace(std::size_t row, std::span<const float> vector) {
  rows_.replace(row, vector);
  if (lists_.empty()) return;
  const auto number = static_cast<std::uint32_t>(row);
  const std::uint32_t cell = centres_.nearest(rows_[row]);
  if (cell == cells_[row]) return;
  lists_[cell].reserve(lists_[cell].size() + 1);  // so that the row is never without a cell
  strike_out(number);
  enlist(number, cell);
}

void IvfIndex::remove(std::size_t row) {
  rows_.remove(row);
  if (lists_.empty()) return;
  const auto number = static_cast<std::uint32_t>(row);
  const auto last = static_cast<std::uint32_t>(rows_.size());
  strike_out(number);
  if (number != last) {
    cells_[number] = cells_[last];
    places_[number] = places_[last];
    lists_[cells_[number]][places_[number]] = number;
  }
  cells_[last] = places_[last] = 0;
  cells_.pop_back();
  places_.pop_back();
}

void IvfIndex::clear() {
  rows_.clear();
  centres_.clear();
  std::vector<Rows>().swap(lists_);
  Rows().swap(cells_);
  Rows().swap(places_);
  trained_size_ = 0;
}

std::size_t IvfIndex::default_probes() const {
  return options_.probes > 0 ? options_.probes : std::max<std::size_t>(8, cells() / 8);
}

std::vector<RowHit> IvfIndex::search_cells(std::span<const float> query, std::size_t k,
                                           std::size_t probes, const RowSet* set) const {
  const QueryVector prepared(rows_, query);
  const std::vector<float> scores = centres_.scores(query);
  std::vector<std::uint32_t> order(scores.size()), found;
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return scores[a] > scores[b] || (scores[a] == scores[b] && a < b);
  });
  for (std::size_t i = 0; i < order.size() && (i < probes || found.size() < k); ++i) {
    for (const std::uint32_t row : lists_[order[i]]) {
      if (set == nullptr || set->contains(row)) found.push_back(row);
    }
  }
  return scan_some(rows_, prepared, k, found);
}

std::vector<RowHit> IvfIndex::search(std::span<const float> query, std::size_t k,
                                     std::size_t probes) const {
  require_positive_k(k);
  if (lists_.empty()) return scan_all(rows_, QueryVector(rows_, query), k);
  return search_cells(query, k, probes, nullptr);
}

std::vector<RowHit> IvfIndex::search(std::span<const float> query, std::size_t k) const {
  return search(query, k, default_probes());
}

std::vector<RowHit> IvfIndex::search(std::span<const float> query, std::size_t k,
                                     const RowSet& set) const {
  require_positive_k(k);
  const std::size_t passing = set.count(), probes = default_probes();
  // So many rows a search without a filter would score.
  if (lists_.empty() || passing * cells() <= probes * size() + cells() * k) {
    return scan_set(rows_, QueryVector(rows_, query), k, set);
  }
  return search_cells(query, k, probes * (size() / passing + 1), &set);
}

}  // namespace mayfly::index
