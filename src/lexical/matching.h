// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "lexical/lexical_index.h"

namespace mayfly::lexical {

// A query read against one index: which words of the index each of its words stands for, and which
// documents have them. Lives within one call.
class Matching {
 public:
  Matching(const LexicalIndex& index, std::string_view query, const SearchOptions& options);

  struct Word {
    const Query::Word* query_word;
    std::uint32_t occurrences;  // in the query
    bool wanted;                // not in phrases only
    std::vector<Variant> variants;
    std::size_t as_typed = 0;  // documents that have the word itself
  };
  // What must, or must not, occur: consecutive words, each any of its terms (ascending).
  struct SequenceWord {
    std::vector<TermId> terms;
    bool first_character;  // stands for that character of its terms
  };
  using Sequence = std::vector<SequenceWord>;

  const std::vector<Word>& scored() const { return scored_; }  // distinct
  const std::vector<Sequence>& required() const { return required_; }
  const std::vector<Sequence>& excluded() const { return excluded_; }
  const Query& query() const { return query_; }

  // [slots] 1 where the document has the sequence.
  std::vector<std::uint8_t> documents_with(const Sequence& sequence) const;

  // Whether `codes` (term + 1; 0: a gap) has the sequence at `at`.
  static bool stands_at(const Sequence& sequence, const SecureVector<std::uint32_t>& codes,
                        std::size_t at);

 private:
  std::vector<Variant> variants_of(const Query::Word& word, bool completes, bool may_have_typos);
  void add_continuations(const Query::Word& word, std::vector<Variant>& variants) const;
  void add_similar(const Query::Word& word, std::vector<Variant>& variants);
  void merge_repeated();
  Sequence sequence_of(const Query::Clause& clause) const;

  const LexicalIndex& index_;
  const SearchOptions& options_;
  Query query_;
  std::vector<Word> scored_;
  std::vector<Sequence> required_, excluded_;
  std::size_t words_with_typos_ = 0;
};

}  // namespace mayfly::lexical
