// SPDX-License-Identifier: Apache-2.0
#include "index/two_stage_index.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "index/exact_scan.h"
#include "index/shortlist.h"
#include "index/training.h"

namespace mayfly::index {
namespace {

constexpr std::size_t kSample = 4000;
// Of a filter's rows so many are scored without a look at their leading dimensions.
constexpr std::size_t kFewRows = 500;
// Less is nothing: VectorRows takes no shorter vector.
constexpr double kShort = 1e-8;

std::size_t checked_leading(std::size_t dim, std::size_t leading) {
  if (leading >= 1 && leading <= dim) return leading;
  throw Error(ErrorCode::kInvalidArgument,
              "the first stage takes 1 leading dimension up to all; give fewer");
}

// The part of a vector has another length than the whole.
Metric lead_metric(Metric metric) {
  return metric == Metric::kEuclidean ? Metric::kEuclidean : Metric::kDot;
}

}  // namespace

TwoStageIndex::TwoStageIndex(std::size_t dim, const TwoStageOptions& options)
    : options_(options),
      rows_(dim, options.precision, options.metric),
      leads_(checked_leading(dim, options.leading), Precision::kInt8, lead_metric(options.metric)),
      next_training_(with_axes() ? kFirstTraining : kNoTraining) {}

std::size_t TwoStageIndex::byte_count() const {
  return rows_.byte_count() + leads_.byte_count() + axes_.byte_count();
}

SecureVector<float> TwoStageIndex::lead_of(const PrincipalAxes& axes,
                                           std::span<const float> vector) const {
  SecureVector<float> lead(options_.leading);
  if (with_axes()) {
    axes.project(vector, lead);
  } else {
    std::copy_n(vector.begin(), lead.size(), lead.begin());
  }
  double squares = 0.0;
  for (const float value : lead) squares += double{value} * value;
  if (squares < kShort * kShort) std::fill(lead.begin(), lead.end(), 0.0F);
  return lead;
}

// New axes and leading dimensions of all rows, which take the place of the old ones at the end.
void TwoStageIndex::train() {
  const std::size_t dim = rows_.dim(), count = rows_.size();
  const SecureVector<float> vectors = training_sample(rows_, kSample, options_.seed);
  PrincipalAxes axes;
  axes.fit(vectors, dim, options_.leading, options_.seed);
  VectorRows leads(options_.leading, leads_.format());
  SecureVector<float> vector(dim);
  for (std::size_t row = 0; row < count; ++row) {
    rows_.dequantize(row, vector);
    leads.append(lead_of(axes, vector));
  }
  axes_ = std::move(axes);
  leads_ = std::move(leads);
  next_training_ = next_training(count);
}

void TwoStageIndex::append(std::span<const float> vector) {
  SecureVector<float> space;
  const std::span<const float> kept = rows_.kept(vector, space);
  if (size() >= next_training_) train();
  rows_.reserve(size() + 1);  // all that may fail comes before anything is changed
  if (has_leads()) leads_.append(lead_of(axes_, kept));
  rows_.append(vector);
}

void TwoStageIndex::replace(std::size_t row, std::span<const float> vector) {
  SecureVector<float> space;
  const std::span<const float> kept = rows_.kept(vector, space);
  if (has_leads()) leads_.replace(row, lead_of(axes_, kept));
  rows_.replace(row, vector);
}

void TwoStageIndex::remove(std::size_t row) {
  rows_.remove(row);
  if (has_leads()) leads_.remove(row);
}

void TwoStageIndex::clear() {
  rows_.clear();
  leads_.clear();
  axes_.clear();
  if (with_axes()) next_training_ = kFirstTraining;
}

std::size_t TwoStageIndex::default_shortlist(std::size_t size, std::size_t k) {
  return 20 * k + size / 100;
}

std::size_t TwoStageIndex::shortlist(std::size_t k) const {
  return std::max(k, options_.shortlist > 0 ? options_.shortlist : default_shortlist(size(), k));
}

std::vector<RowHit> TwoStageIndex::search(std::span<const float> query, std::size_t k) const {
  require_positive_k(k);
  const QueryVector prepared(rows_, query);
  if (!has_leads() || shortlist(k) >= size()) return scan_all(rows_, prepared, k);
  SecureVector<float> space;
  const QueryVector lead(leads_, lead_of(axes_, rows_.kept(query, space)));
  std::vector<float> scores(size() + QueryVector::kMaxRows);
  for (std::size_t row = 0; row < size();) row += lead.score_bounds(row, scores.data() + row);
  scores.resize(size());
  return scan_some(rows_, prepared, k, best_places(scores, shortlist(k)));
}

std::vector<RowHit> TwoStageIndex::search(std::span<const float> query, std::size_t k,
                                          const RowSet& set) const {
  require_positive_k(k);
  const QueryVector prepared(rows_, query);
  std::vector<std::uint32_t> numbers = rows_in(size(), set);
  if (has_leads() && numbers.size() > std::max(kFewRows, shortlist(k))) {
    SecureVector<float> space;
    const QueryVector lead(leads_, lead_of(axes_, rows_.kept(query, space)));
    std::vector<float> scores(numbers.size());
    lead.coarse_scores(numbers.data(), numbers.size(), scores.data());
    std::vector<std::uint32_t> chosen = best_places(scores, shortlist(k));
    for (std::uint32_t& place : chosen) place = numbers[place];
    numbers = std::move(chosen);
  }
  return scan_some(rows_, prepared, k, numbers);
}

}  // namespace mayfly::index
