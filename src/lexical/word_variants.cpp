// SPDX-License-Identifier: Apache-2.0
#include "lexical/word_variants.h"

#include <algorithm>
#include <span>

#include "text/utf8.h"
#include "text/words.h"

namespace mayfly::lexical {
namespace {

// The longest word that the vocabulary holds, in code points; rows of the table are so many.
constexpr std::size_t kMaxLength = text::WordReader::kMaxCodePoints;

// Rows of the Damerau-Levenshtein table between the wanted word and one word of the vocabulary
// after the other; rows of a prefix that two neighbours share are kept. Rows are in one vector:
// [kMaxLength + 1, wanted + 1].
class DistanceTable {
 public:
  explicit DistanceTable(std::string_view wanted) {
    const char* const end = wanted.data() + wanted.size();
    for (const char* at = wanted.data(); at != end;) {
      const text::DecodedCodePoint decoded = text::decode_utf8(at, end);
      wanted_.push_back(decoded.value);
      at += decoded.byte_count;
    }
    rows_.resize((kMaxLength + 1) * (wanted_.size() + 1));
    path_.resize(kMaxLength);
    for (std::size_t j = 0; j <= wanted_.size(); ++j) rows_[j] = static_cast<std::uint8_t>(j);
  }

  // Computes row `length` for the prefix of `length - 1` code points extended by `next`. Returns
  // its smallest value: no longer word is nearer. (A swap reaches back two rows, but then the row
  // between already has a value that is no greater than the result.)
  std::uint32_t extend(std::size_t length, char32_t next) {
    path_[length - 1] = next;
    const std::uint8_t* const before = row(length - 1);
    std::uint8_t* const current = row(length);
    current[0] = static_cast<std::uint8_t>(length);
    std::uint32_t smallest = current[0];
    for (std::size_t j = 1; j <= wanted_.size(); ++j) {
      std::uint32_t best = before[j - 1] + (wanted_[j - 1] == next ? 0u : 1u);
      best = std::min<std::uint32_t>(best, before[j] + 1u);
      best = std::min<std::uint32_t>(best, current[j - 1] + 1u);
      if (length >= 2 && j >= 2 && next == wanted_[j - 2] && path_[length - 2] == wanted_[j - 1]) {
        best = std::min<std::uint32_t>(best, row(length - 2)[j - 2] + 1u);
      }
      current[j] = static_cast<std::uint8_t>(best);
      smallest = std::min(smallest, best);
    }
    return smallest;
  }

  std::uint32_t distance(std::size_t length) const {
    return rows_[length * (wanted_.size() + 1) + wanted_.size()];
  }

 private:
  std::uint8_t* row(std::size_t length) { return rows_.data() + length * (wanted_.size() + 1); }

  SecureVector<char32_t> wanted_, path_;
  SecureVector<std::uint8_t> rows_;  // values at most 64 + 64
};

// The first word at or after `from` that does not begin with `prefix`.
std::size_t end_of_prefix(const Vocabulary& vocabulary, std::span<const TermId> sorted,
                          std::size_t from, std::string_view prefix) {
  const auto end = std::partition_point(
      sorted.begin() + static_cast<std::ptrdiff_t>(from), sorted.end(),
      [&](TermId id) { return vocabulary.word(id).substr(0, prefix.size()) <= prefix; });
  return static_cast<std::size_t>(end - sorted.begin());
}

}  // namespace

void for_each_continuation(const Vocabulary& vocabulary, std::string_view prefix,
                           FunctionRef<void(TermId)> take) {
  const auto sorted = vocabulary.sorted();
  const auto first = std::partition_point(sorted.begin(), sorted.end(),
                                          [&](TermId id) { return vocabulary.word(id) <= prefix; });
  const auto begin = static_cast<std::size_t>(first - sorted.begin());
  const std::size_t end = end_of_prefix(vocabulary, sorted, begin, prefix);
  for (std::size_t i = begin; i < end; ++i) take(sorted[i]);
}

void for_each_similar(const Vocabulary& vocabulary, std::string_view word,
                      std::uint32_t max_distance, FunctionRef<void(TermId, std::uint32_t)> take) {
  const auto sorted = vocabulary.sorted();
  DistanceTable table(word);
  // ends[n]: bytes of the first n code points of the word before; the rows up to `known` are its.
  std::size_t ends[kMaxLength + 1] = {};
  std::size_t known = 0;
  std::string_view before;
  for (std::size_t i = 0; i < sorted.size();) {
    const std::string_view candidate = vocabulary.word(sorted[i]);
    const auto differs =
        std::mismatch(candidate.begin(), candidate.end(), before.begin(), before.end());
    const auto shared = static_cast<std::size_t>(differs.first - candidate.begin());
    while (known > 0 && ends[known] > shared) --known;
    bool too_far = false;
    while (ends[known] < candidate.size() && known < kMaxLength && !too_far) {
      const char* const at = candidate.data() + ends[known];
      const auto decoded = text::decode_utf8(at, candidate.data() + candidate.size());
      ends[known + 1] = ends[known] + decoded.byte_count;
      ++known;
      too_far = table.extend(known, decoded.value) > max_distance;
    }
    before = candidate;
    if (too_far) {
      i = end_of_prefix(vocabulary, sorted, i, candidate.substr(0, ends[known]));
      continue;
    }
    const std::uint32_t distance = table.distance(known);
    if (distance > 0 && distance <= max_distance) take(sorted[i], distance);
    ++i;
  }
}

std::uint32_t allowed_typos(std::size_t code_points) {
  return code_points < 5 ? 0 : code_points < 9 ? 1 : 2;
}

}  // namespace mayfly::lexical
