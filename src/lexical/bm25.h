// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "lexical/fields.h"

namespace mayfly::lexical {

struct Bm25Parameters {
  float k1, b;
  FieldWeights field_weights;
};

// As Lucene has it, never negative: log(1 + (N - n + 0.5) / (n + 0.5)) for n of N documents.
inline float inverse_document_frequency(double documents, std::size_t having) {
  const double n = static_cast<double>(having);
  return static_cast<float>(std::log1p((documents - n + 0.5) / (n + 0.5)));
}

// Scores one word of a query after the other into one number per document:
//   sum over words of  idf * f (k1 + 1) / (f + k1 (1 - b + b length / average length))
// f and length are weighted sums over the fields.
class Bm25 {
 public:
  // `lengths`: words per document and field, by slot, which must outlive this; `total_lengths`:
  // over the `documents` documents.
  Bm25(const Bm25Parameters& parameters, std::span<const FieldCounts> lengths,
       const std::array<std::uint64_t, kFieldCount>& total_lengths, std::size_t documents)
      : parameters_(parameters),
        lengths_(lengths),
        documents_(static_cast<double>(documents)),
        frequencies_(lengths.size()),
        scores_(lengths.size()) {
    double total = 0;
    for (std::size_t f = 0; f < kFieldCount; ++f) {
      total += double{parameters.field_weights[f]} * static_cast<double>(total_lengths[f]);
    }
    const double factor = double{parameters.k1} * double{parameters.b} * documents_;
    per_word_ = total > 0 ? static_cast<float>(factor / total) : 0.0f;
  }

  // An occurrence of a word, or of what stands for it, in a document. Several variants of a word
  // are one term: its frequency is their weighted sum, its documents are those with any of them.
  // So neither many variants nor rare ones outweigh what was typed.
  void add(std::uint32_t slot, const FieldCounts& counts, float variant_weight) {
    const float frequency = variant_weight * weighted_sum(counts, parameters_.field_weights);
    if (!(frequency > 0)) return;
    if (frequencies_[slot] == 0) touched_.push_back(slot);
    frequencies_[slot] += frequency;
  }
  // After the last occurrence of a word; it stands `in_query` times in the query. `as_typed`: how
  // many documents have the word itself; 0 where none, then those with a variant count.
  void finish_word(std::uint32_t in_query, std::size_t as_typed) {
    const float weight = weight_of(in_query, as_typed);
    for (const std::uint32_t slot : touched_) {
      scores_[slot] += weight * saturated(slot);
      frequencies_[slot] = 0;
    }
    touched_.clear();
  }
  // The same without adding: calls take(slot, score, frequency).
  template <typename Take>
  void explain_word(std::uint32_t in_query, std::size_t as_typed, Take&& take) {
    const float weight = weight_of(in_query, as_typed);
    for (const std::uint32_t slot : touched_) {
      take(slot, weight * saturated(slot), frequencies_[slot]);
      frequencies_[slot] = 0;
    }
    touched_.clear();
  }

  const std::vector<float>& scores() const { return scores_; }  // [slots] 0: has no word

 private:
  float weight_of(std::uint32_t in_query, std::size_t as_typed) const {
    return static_cast<float>(in_query) * idf(as_typed > 0 ? as_typed : touched_.size());
  }
  float idf(std::size_t having) const { return inverse_document_frequency(documents_, having); }
  float saturated(std::uint32_t slot) const {
    const float length = weighted_sum(lengths_[slot], parameters_.field_weights);
    const float norm = parameters_.k1 * (1 - parameters_.b) + per_word_ * length;
    const float frequency = frequencies_[slot];
    return frequency * (parameters_.k1 + 1) / (frequency + norm);
  }

  Bm25Parameters parameters_;
  std::span<const FieldCounts> lengths_;
  double documents_;
  float per_word_ = 0;  // what each word of a document adds to its norm
  std::vector<float> frequencies_, scores_;
  std::vector<std::uint32_t> touched_;
};

}  // namespace mayfly::lexical
