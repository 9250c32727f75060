// SPDX-License-Identifier: Apache-2.0
#include "analysis/hubness.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace mayfly::analysis {
namespace {

using index::RowHit;
using index::VectorIndex;

void require_matching(const VectorIndex& index, std::span<const float> vectors, std::size_t k) {
  if (vectors.size() != index.size() * index.dim()) {
    throw Error(ErrorCode::kDimensionMismatch,
                "hubness needs the vectors that the index was made from, one for each row");
  }
  if (k == 0 || k >= index.size()) {
    throw Error(ErrorCode::kInvalidArgument,
                "neighbourhoods have 1 row up to all others; give another k");
  }
}

// The k nearest of a row but itself.
std::vector<RowHit> neighbours(const VectorIndex& index, std::span<const float> vectors,
                               std::size_t row, std::size_t k) {
  std::vector<RowHit> hits = index.search(vectors.subspan(row * index.dim(), index.dim()), k + 1);
  const auto itself =
      std::find_if(hits.begin(), hits.end(), [row](const RowHit& hit) { return hit.row == row; });
  // Rows equal to it may have pushed it out.
  hits.erase(itself == hits.end() ? hits.end() - 1 : itself);
  return hits;
}

double skewness_of(const std::vector<std::uint32_t>& values) {
  const auto count = static_cast<double>(values.size());
  double mean = 0.0, second = 0.0, third = 0.0;
  for (const std::uint32_t value : values) mean += value / count;
  for (const std::uint32_t value : values) {
    const double difference = value - mean;
    second += difference * difference / count;
    third += difference * difference * difference / count;
  }
  return second > 0.0 ? third / std::pow(second, 1.5) : 0.0;
}

float mean_score(const std::vector<RowHit>& hits) {
  float sum = 0.0F;
  for (const RowHit& hit : hits) sum += hit.score;
  return hits.empty() ? 0.0F : sum / static_cast<float>(hits.size());
}

}  // namespace

HubnessReport hubness(const VectorIndex& index, std::span<const float> vectors, std::size_t k) {
  require_matching(index, vectors, k);
  HubnessReport report{k, std::vector<std::uint32_t>(index.size()), 0.0, 0, 0.0};
  for (std::size_t row = 0; row < index.size(); ++row) {
    for (const RowHit& hit : neighbours(index, vectors, row, k)) ++report.occurrences[hit.row];
  }
  const auto& occurrences = report.occurrences;
  report.skewness = skewness_of(occurrences);
  report.largest = *std::max_element(occurrences.begin(), occurrences.end());
  const auto antihubs = std::count(occurrences.begin(), occurrences.end(), std::uint32_t{0});
  report.antihub_share = static_cast<double>(antihubs) / static_cast<double>(index.size());
  return report;
}

CslsSearch::CslsSearch(const VectorIndex& index, std::span<const float> vectors, std::size_t k)
    : index_(index), k_(k) {
  require_matching(index, vectors, k);
  for (std::size_t row = 0; row < index.size(); ++row) {
    row_means_.push_back(mean_score(neighbours(index, vectors, row, k)));
  }
}

std::vector<RowHit> CslsSearch::search(std::span<const float> query, std::size_t count,
                                       std::size_t shortlist) const {
  if (count == 0 || shortlist == 0) {
    throw Error(ErrorCode::kInvalidArgument, "count and shortlist must be at least 1");
  }
  std::vector<RowHit> hits = index_.search(query, std::max({count, shortlist, k_}));
  const auto near = static_cast<std::ptrdiff_t>(std::min(k_, hits.size()));
  const float query_mean = mean_score({hits.begin(), hits.begin() + near});
  hits.resize(std::min(hits.size(), std::max(count, shortlist)));
  for (RowHit& hit : hits) hit.score = 2.0F * hit.score - query_mean - row_means_[hit.row];
  std::stable_sort(hits.begin(), hits.end(),
                   [](const RowHit& a, const RowHit& b) { return a.score > b.score; });
  hits.resize(std::min(hits.size(), count));
  return hits;
}

}  // namespace mayfly::analysis
