// SPDX-License-Identifier: Apache-2.0
#include "index/pq_index.h"

#include <algorithm>
#include <utility>

#include "index/exact_scan.h"
#include "index/shortlist.h"
#include "index/training.h"

namespace mayfly::index {
namespace {

// Sixteen rows for each centre: more cost seconds and find less than a percent more.
constexpr std::size_t kSample = 16 * ProductCodebook::kCentres;
// Of a filter's rows so many are scored without a look at their codes.
constexpr std::size_t kFewRows = 300;
constexpr std::size_t kDimensionsPerPart = 8;

std::size_t chosen_parts(std::size_t dim, std::size_t parts) {
  return parts > 0 ? parts : (dim + kDimensionsPerPart - 1) / kDimensionsPerPart;
}

}  // namespace

PqIndex::PqIndex(std::size_t dim, const PqOptions& options)
    : options_(options),
      rows_(dim, options.precision, options.metric),
      codebook_(dim, chosen_parts(dim, options.parts)),
      next_training_(kFirstTraining) {}

std::size_t PqIndex::byte_count() const {
  return rows_.byte_count() + codebook_.byte_count() + codes_.capacity() +
         sequences_.capacity() * sizeof(std::uint64_t);
}

std::size_t PqIndex::row_bytes() const {
  if (codes_only()) return codebook_.parts() + sizeof(std::uint64_t);
  return rows_.row_bytes() + (codebook_.fitted() ? codebook_.parts() : 0);
}

void PqIndex::train() {
  const std::size_t dim = rows_.dim(), count = rows_.size();
  const SecureVector<float> vectors = training_sample(rows_, kSample, options_.seed);
  ProductCodebook codebook(dim, codebook_.parts());
  codebook.fit(vectors);
  SecureVector<std::uint8_t> codes(count * codebook.parts());
  SecureVector<std::uint64_t> sequences;
  SecureVector<float> vector(dim);
  for (std::size_t row = 0; row < count; ++row) {
    rows_.dequantize(row, vector);
    codebook.encode(vector, std::span(codes).subspan(row * codebook.parts(), codebook.parts()));
    if (!options_.rescore) sequences.push_back(rows_[row].sequence);
  }
  codebook_ = std::move(codebook);
  codes_ = std::move(codes);
  next_training_ = next_training(count);
  if (options_.rescore) return;
  next_sequence_ =
      sequences.empty() ? 0 : 1 + *std::max_element(sequences.begin(), sequences.end());
  sequences_ = std::move(sequences);
  rows_.clear();
  next_training_ = kNoTraining;
}

void PqIndex::append(std::span<const float> vector) {
  SecureVector<float> space;
  const std::span<const float> kept = rows_.kept(vector, space);
  if (size() >= next_training_) train();
  if (codebook_.fitted()) {
    // All that may fail comes before anything is changed.
    const std::size_t bytes = (size() + 1) * codebook_.parts();
    if (codes_.capacity() < bytes) codes_.reserve(bytes + bytes / 8);
  }
  if (codes_only()) {
    sequences_.push_back(next_sequence_++);
  } else {
    rows_.append(vector);
  }
  if (!codebook_.fitted()) return;
  codes_.resize(size() * codebook_.parts());
  codebook_.encode(kept, {codes_at(size() - 1), codebook_.parts()});
}

void PqIndex::replace(std::size_t row, std::span<const float> vector) {
  SecureVector<float> space;
  const std::span<const float> kept = rows_.kept(vector, space);
  if (!codes_only()) rows_.replace(row, vector);
  if (codebook_.fitted()) codebook_.encode(kept, {codes_at(row), codebook_.parts()});
}

void PqIndex::remove(std::size_t row) {
  const std::size_t last = size() - 1, parts = codebook_.parts();
  if (codebook_.fitted()) {
    std::copy_n(codes_at(last), parts, codes_at(row));
    zero_memory(codes_at(last), parts);
    codes_.resize(last * parts);
  }
  if (codes_only()) {
    sequences_[row] = sequences_[last];
    sequences_.pop_back();
  } else {
    rows_.remove(row);
  }
}

void PqIndex::clear() {
  rows_.clear();
  codebook_.clear();
  SecureVector<std::uint8_t>().swap(codes_);
  SecureVector<std::uint64_t>().swap(sequences_);
  next_sequence_ = 0;
  next_training_ = kFirstTraining;
}

std::size_t PqIndex::default_shortlist(std::size_t size, std::size_t k) {
  return 10 * k + size / 100;
}

std::vector<float> PqIndex::code_scores(std::span<const float> query,
                                        const std::vector<std::uint32_t>* numbers) const {
  const std::size_t parts = codebook_.parts();
  SecureVector<float> table(parts * ProductCodebook::kCentres);
  codebook_.fill_table(query, euclidean(), table);
  std::vector<float> scores(numbers ? numbers->size() : size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const std::size_t row = numbers ? (*numbers)[i] : i;
    scores[i] = sum_of_codes(codes_.data() + row * parts, table);
  }
  return scores;
}

// The best rows by their codes, with the scores of these.
std::vector<RowHit> PqIndex::code_hits(std::span<const float> query, std::size_t k,
                                       const std::vector<std::uint32_t>* numbers) const {
  const std::vector<float> scores = code_scores(query, numbers);
  float offset = 0.0F;
  if (euclidean()) {
    for (const float value : query) offset -= value * value / 2;
  }
  TopK best(std::min(k, scores.size()));
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const std::size_t row = numbers ? (*numbers)[i] : i;
    float score = scores[i] + offset;
    // Codes need not have the length of the vector.
    if (is_cosine(options_.metric)) score = std::clamp(score, -1.0F, 1.0F);
    best.offer({score, sequences_[row], row});
  }
  return hits_of(best, rows_.format());
}

std::vector<RowHit> PqIndex::search(std::span<const float> query, std::size_t k) const {
  require_positive_k(k);
  const QueryVector prepared(rows_, query);
  if (size() == 0) return {};
  if (!codebook_.fitted()) return scan_all(rows_, prepared, k);
  SecureVector<float> space;
  query = rows_.kept(query, space);
  if (codes_only()) return code_hits(query, k, nullptr);
  const std::size_t wanted =
      options_.shortlist > 0 ? options_.shortlist : default_shortlist(size(), k);
  return scan_some(rows_, prepared, k,
                   best_places(code_scores(query, nullptr), std::max(k, wanted)));
}

std::vector<RowHit> PqIndex::search(std::span<const float> query, std::size_t k,
                                    const RowSet& set) const {
  require_positive_k(k);
  const QueryVector prepared(rows_, query);
  std::vector<std::uint32_t> numbers = rows_in(size(), set);
  if (numbers.empty()) return {};
  SecureVector<float> space;
  query = rows_.kept(query, space);
  if (codes_only()) return code_hits(query, k, &numbers);
  const std::size_t wanted =
      options_.shortlist > 0 ? options_.shortlist : default_shortlist(size(), k);
  if (codebook_.fitted() && numbers.size() > std::max({k, wanted, kFewRows})) {
    std::vector<std::uint32_t> chosen =
        best_places(code_scores(query, &numbers), std::max(k, wanted));
    for (std::uint32_t& place : chosen) place = numbers[place];
    numbers = std::move(chosen);
  }
  return scan_some(rows_, prepared, k, numbers);
}

}  // namespace mayfly::index
