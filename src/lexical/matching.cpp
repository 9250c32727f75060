// SPDX-License-Identifier: Apache-2.0
#include "lexical/matching.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/sort_numbers.h"
#include "lexical/varint.h"
#include "text/utf8.h"

namespace mayfly::lexical {
namespace {

// Choices, not tuned on a collection: a longer or differently spelled word is weaker evidence.
constexpr float kContinuationWeight = 0.75f;  // times the share of the word that was typed
constexpr float kTypoWeights[] = {1.0f, 0.6f, 0.3f};

// The most frequent ones are kept. Bounds the work for "a" at the end of a query.
constexpr std::size_t kMaxContinuations = 64, kMaxSimilar = 32;

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Keeps the `count` best by weight, then frequency; of equals the lower id.
void keep_best(std::vector<Variant>& variants, std::size_t count,
               const std::vector<PostingList>& postings) {
  if (variants.size() <= count) return;
  const auto better = [&](const Variant& a, const Variant& b) {
    const auto documents = [&](const Variant& v) { return postings[v.term].document_count; };
    return std::tuple(-a.weight, documents(b), a.term) <
           std::tuple(-b.weight, documents(a), b.term);
  };
  variants =
      rearranged(std::move(variants),
                 first_in_order(variants.size(), count, [&](std::uint32_t a, std::uint32_t b) {
                   return better(variants[a], variants[b]);
                 }));
}

}  // namespace

Matching::Matching(const LexicalIndex& index, std::string_view query, const SearchOptions& options)
    : index_(index), options_(options), query_(parse_query(query)) {
  for (const Query::Clause& clause : query_.clauses) {
    if (clause.role == Query::Role::kExcluded) {
      excluded_.push_back(sequence_of(clause));
      continue;
    }
    const bool wanted = clause.role == Query::Role::kWanted;
    const bool completes = options.complete_last_word && wanted && query_.open_end &&
                           &clause == &query_.clauses.back();
    for (const Query::Word& word : clause.words) {
      std::vector<Variant> variants = variants_of(word, completes, wanted);
      if (variants.empty()) continue;
      const Variant& first = variants.front();
      const bool itself = first.kind == MatchKind::kExact && !word.any_continuation;
      const std::size_t as_typed = itself ? index_.postings_[first.term].document_count : 0;
      scored_.push_back({&word, 1, wanted, std::move(variants), as_typed});
    }
    if (!wanted) required_.push_back(sequence_of(clause));
  }
  merge_repeated();
}

// A word that stands twice counts twice; its postings are read once.
void Matching::merge_repeated() {
  const auto key = [this](const Word& word) {
    return std::tuple(query_.text_of(*word.query_word), word.variants.size());
  };
  std::vector<Word> distinct;
  for (const std::uint32_t place : sorted_order(
           scored_.size(),
           [&](std::uint32_t a, std::uint32_t b) { return key(scored_[a]) < key(scored_[b]); })) {
    Word& word = scored_[place];
    if (distinct.empty() || key(distinct.back()) != key(word)) {
      distinct.push_back(std::move(word));
    } else {
      ++distinct.back().occurrences;
      distinct.back().wanted |= word.wanted;
    }
  }
  scored_ = std::move(distinct);
}

std::vector<Variant> Matching::variants_of(const Query::Word& word, bool completes,
                                           bool may_have_typos) {
  std::vector<Variant> variants;
  const TermId exact = index_.vocabulary_.find(query_.text_of(word));
  if (exact != kNoTerm) variants.push_back({exact, MatchKind::kExact, 1.0f});
  if (word.any_continuation) {
    // One character: each of its occurrences begins one term, so this counts them.
    for_each_continuation(index_.vocabulary_, query_.text_of(word), [&](TermId term) {
      variants.push_back({term, MatchKind::kExact, 1.0f});
    });
    return variants;
  }
  if (completes && word.spaced) add_continuations(word, variants);
  const bool typos = options_.typos == Typos::kAlways ||
                     (options_.typos == Typos::kUnknownWords && variants.empty());
  if (typos && may_have_typos && word.spaced) add_similar(word, variants);
  return variants;
}

void Matching::add_continuations(const Query::Word& word, std::vector<Variant>& variants) const {
  std::vector<Variant> found;
  for_each_continuation(index_.vocabulary_, query_.text_of(word), [&](TermId term) {
    found.push_back({term, MatchKind::kPrefix, 0.0f});
  });
  keep_best(found, kMaxContinuations, index_.postings_);
  for (Variant& variant : found) {
    const auto length = text::count_code_points(index_.vocabulary_.word(variant.term));
    variant.weight =
        kContinuationWeight * static_cast<float>(word.code_points) / static_cast<float>(length);
    variants.push_back(variant);
  }
}

void Matching::add_similar(const Query::Word& word, std::vector<Variant>& variants) {
  const std::string_view folded = query_.text_of(word);
  const std::uint32_t allowed = allowed_typos(word.code_points);
  if (allowed == 0 || has_digit(folded) || words_with_typos_ == kMaxWordsWithTypos) return;
  ++words_with_typos_;
  std::vector<Variant> found;
  for_each_similar(index_.vocabulary_, folded, allowed, [&](TermId term, std::uint32_t distance) {
    const auto is_term = [term](const Variant& variant) { return variant.term == term; };
    if (std::none_of(variants.begin(), variants.end(), is_term)) {
      found.push_back({term, MatchKind::kTypo, kTypoWeights[distance]});
    }
  });
  keep_best(found, kMaxSimilar, index_.postings_);
  variants.insert(variants.end(), found.begin(), found.end());
}

Matching::Sequence Matching::sequence_of(const Query::Clause& clause) const {
  Sequence sequence;
  for (const Query::Word& word : clause.words) {
    std::vector<TermId> terms;
    const TermId exact = index_.vocabulary_.find(query_.text_of(word));
    if (exact != kNoTerm) terms.push_back(exact);
    if (word.any_continuation) {
      for_each_continuation(index_.vocabulary_, query_.text_of(word),
                            [&](TermId term) { terms.push_back(term); });
    }
    sort_ascending(terms);
    sequence.push_back({std::move(terms), word.any_continuation});
  }
  return sequence;
}

bool Matching::stands_at(const Sequence& sequence, const SecureVector<std::uint32_t>& codes,
                         std::size_t at) {
  if (codes.size() - at < sequence.size()) return false;
  for (const SequenceWord& word : sequence) {
    // A gap, code 0, wraps around to kNoTerm, which no list has.
    const TermId term = codes[at++] - 1;
    if (!std::binary_search(word.terms.begin(), word.terms.end(), term)) return false;
  }
  return true;
}

std::vector<std::uint8_t> Matching::documents_with(const Sequence& sequence) const {
  const std::size_t slots = index_.documents_.size();
  // How many of the words in a row, from the first on, the document has somewhere.
  std::vector<std::uint32_t> found(slots);
  std::uint32_t number = 0;
  for (const SequenceWord& word : sequence) {
    for (const TermId term : word.terms) {
      for_each_posting(index_.pool_, index_.postings_[term], [&](const Posting& posting) {
        if (found[posting.slot] == number) found[posting.slot] = number + 1;
      });
    }
    ++number;
  }
  std::vector<std::uint8_t> result(slots);
  SecureVector<std::uint32_t> codes;
  for (std::size_t slot = 0; slot < slots; ++slot) {
    if (found[slot] != number) continue;
    if (number == 1) {
      result[slot] = 1;
      continue;
    }
    codes.clear();
    const auto& bytes = index_.documents_[slot].sequence;
    for (const std::uint8_t* at = bytes.data(); at != bytes.data() + bytes.size();) {
      codes.push_back(read_varint(at));
    }
    for (std::size_t at = 0; at < codes.size() && result[slot] == 0; ++at) {
      if (stands_at(sequence, codes, at)) result[slot] = 1;
    }
  }
  return result;
}

}  // namespace mayfly::lexical
