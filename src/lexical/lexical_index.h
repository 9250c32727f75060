// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/row_set.h"
#include "base/zeroing_allocator.h"
#include "lexical/bm25.h"
#include "lexical/fields.h"
#include "lexical/postings.h"
#include "lexical/query.h"
#include "lexical/vocabulary.h"
#include "lexical/word_variants.h"

namespace mayfly::lexical {

// When a word of 5 letters may have one typo and one of 9 two (edit distance). Words with digits
// and words of phrases may have none, nor what comes after kMaxWordsWithTypos such words of a
// query.
enum class Typos : std::uint8_t {
  kOff,
  kUnknownWords,  // where no document has the word as typed, nor a continuation of it
  kAlways,
};

inline constexpr std::size_t kMaxWordsWithTypos = 16;

struct SearchOptions {
  // k1 >= 0, b 0..1 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
  // Occurrences in a field, and the field's words in the document's length, count `field_weights`
  // times (>= 0): fields are joined before saturation (Robertson, Zaragoza and Taylor, "Simple BM25
  // Extension to Multiple Weighted Fields", 2004).
  Bm25Parameters bm25{1.2f, 0.75f, {1.0f, 1.0f, 1.0f}};
  // The word at the very end of the query also stands for those that it begins.
  bool complete_last_word = true;
  Typos typos = Typos::kUnknownWords;
  bool explain = false;  // fill LexicalHit::words
};

// What a word of the query added to a score.
struct WordScore {
  std::uint32_t query_begin, query_end;  // bytes of the query
  std::string_view word;                 // of the index, as folded; valid until the index changes
  MatchKind kind;
  float score;  // variants of one query word share its score by their weighted frequency
};

struct LexicalHit {
  std::size_t row;
  float score;                   // BM25, > 0
  std::vector<WordScore> words;  // with `explain`, best first; their sum is the score
};

// How a query names a document, the weakest way first: by its only word, which the body has (an
// error code, a function); by words of a heading or of the title that follow each other there, or
// by all words of either.
enum class NameMatch : std::uint8_t {
  kOnlyWord,
  kHeadingPart,
  kTitlePart,
  kWholeHeading,
  kWholeTitle
};

struct NamedRow {
  std::size_t row;
  NameMatch match;
};

struct TextRange {
  std::size_t begin, end;                        // bytes
  std::size_t code_point_begin, code_point_end;  // the same, in code points
};

class Matching;

// An inverted index over documents in rows 0..size()-1, numbered as engine::DocumentStore and
// index::FlatIndex number theirs. It keeps no text: words, counts, and for each document the
// sequence of its words, which serves phrases and removal. A word is forgotten with its last
// document. What is freed is zeroed. Not thread-safe, reading included.
class LexicalIndex {
 public:
  std::size_t size() const { return slots_of_rows_.size(); }
  std::size_t word_count() const { return vocabulary_.size(); }  // distinct
  std::size_t byte_count() const;                                // of memory, about

  // Any text, ill-formed UTF-8 included. Error(kInvalidArgument) beyond 2^30 documents or for one
  // of 4 GB, before anything changes.
  void append(const DocumentText& document);
  // The row keeps its place among equal scores. The row must exist, here and below.
  void replace(std::size_t row, const DocumentText& document);
  // The last row moves to this number.
  void remove(std::size_t row);
  void clear();

  // The k best rows of those that have a wanted word or a required phrase, all required phrases
  // and nothing excluded; best first, equal scores in order of insertion. See query.h for the
  // syntax. Error(kInvalidArgument) for k == 0 or options out of range.
  std::vector<LexicalHit> search(std::string_view query, std::size_t k,
                                 const SearchOptions& options = {}) const;

  // The rows that have all required phrases of the query and nothing that it excludes; none where
  // it neither requires nor excludes anything.
  std::optional<RowSet> permitted(std::string_view query) const;

  // What each word of the query adds to this row's score, best first: their sum is the score that
  // search() gives it where nothing required or excluded keeps it out. Options must be valid.
  std::vector<WordScore> explain(std::string_view query, std::size_t row,
                                 const SearchOptions& options = {}) const;
  // The rows that have the query's only word, or whose title or headings have its words, in its
  // order and with nothing between them, whatever the punctuation, capitals and accents; each with
  // its best match, in no order. None for a query of more than kMaxNameWords words.
  std::vector<NamedRow> find_names(std::string_view query) const;
  static constexpr std::size_t kMaxNameWords = 64;

  // How much of the query is words that documents have, 0..1, each counting by its IDF (bm25.h);
  // beginnings of such words count at the end of the query, typos do not. 0 for no words.
  float known_share(std::string_view query) const;

  // Where `text` has what the query looks for, in order, without overlap: for highlighting. `text`
  // need not be in the index, but typos and continuations are those of the index. For many texts:
  // MatchFinder.
  std::vector<TextRange> find_matches(std::string_view query, std::string_view text,
                                      const SearchOptions& options = {}) const;

 private:
  friend class Matching;
  friend class MatchFinder;

  struct Document {
    SecureVector<std::uint8_t> sequence;  // varints: term + 1; 0 after title and each heading
    std::uint64_t insertion = 0;          // earlier is better among equals
    std::uint32_t row = 0;
  };
  struct Analysis;

  // [slots] as permitted().
  std::vector<std::uint8_t> allowed_slots(const Matching& matching) const;
  Analysis analyse(const DocumentText& document);
  void analyse_words(std::string_view text, std::size_t field, Analysis& analysis);
  void insert(std::uint32_t slot, const Analysis& analysis);
  SecureVector<TermId> withdraw(std::uint32_t slot);  // returns the document's terms, each once
  void forget_unused(const SecureVector<TermId>& terms);

  Vocabulary vocabulary_;
  BytePool pool_;
  std::vector<PostingList> postings_;  // by term
  std::vector<Document> documents_;    // by slot: a number that a document keeps while it is here
  std::vector<FieldCounts> lengths_;   // by slot: words by field
  std::vector<std::uint32_t> slots_of_rows_;
  std::vector<std::uint32_t> free_slots_;
  std::array<std::uint64_t, kFieldCount> total_lengths_{};
  std::uint64_t next_insertion_ = 0;
  std::vector<std::uint32_t> place_in_analysis_;  // by term; scratch of analyse()
};

}  // namespace mayfly::lexical
