// SPDX-License-Identifier: Apache-2.0
#include "lexical/query.h"

#include <utility>

#include "base/error.h"
#include "text/utf8.h"
#include "text/words.h"

namespace mayfly::lexical {
namespace {

using Kind = text::WordReader::Kind;

bool is_quote(char32_t value) {
  return value == U'"' || value == 0x201C || value == 0x201D || value == 0x201E || value == 0xAB ||
         value == 0xBB;
}

bool is_space(char32_t value) {
  return value == ' ' || (value >= '\t' && value <= '\r') || value == 0xA0 || value == 0x3000;
}

class Parser {
 public:
  explicit Parser(std::string_view utf8) : text_(utf8) {}

  Query parse() {
    while (at_ != text_.size()) {
      const auto here = peek();
      if (is_quote(here.value)) {
        at_ += here.byte_count;
        read_quoted(Query::Role::kRequired);
      } else if (here.value == '-' && at_word_begin_) {
        ++at_;
        read_excluded();
      } else {
        read_wanted();
      }
    }
    for (Query::Clause& clause : query_.clauses) {
      const bool quoted_word = clause.role == Query::Role::kRequired && clause.words.size() == 1;
      if (quoted_word && wanted_ >= Query::kSentenceWords) clause.role = Query::Role::kWanted;
    }
    return std::move(query_);
  }

 private:
  text::DecodedCodePoint peek() const {
    return text::decode_utf8(text_.data() + at_, text_.data() + text_.size());
  }

  // Goes to the first code point that `ends`, or to the end, and returns what lies before.
  template <typename Ends>
  std::string_view read_until(Ends&& ends) {
    const std::size_t begin = at_;
    while (at_ != text_.size()) {
      const auto here = peek();
      if (ends(here.value)) break;
      at_ += here.byte_count;
    }
    return text_.substr(begin, at_ - begin);
  }

  void read_quoted(Query::Role role) {
    const std::string_view inside = read_until(is_quote);
    if (at_ != text_.size()) at_ += peek().byte_count;
    add_sequence(role, inside);
    at_word_begin_ = true;
  }

  void read_excluded() {
    if (at_ == text_.size()) return;
    const auto here = peek();
    if (is_quote(here.value)) {
      at_ += here.byte_count;
      return read_quoted(Query::Role::kExcluded);
    }
    at_word_begin_ = false;
    add_sequence(Query::Role::kExcluded, read_until(is_space));
  }

  // Up to the next quote, or minus sign that excludes.
  void read_wanted() {
    const std::string_view part = read_until([this](char32_t value) {
      if (is_quote(value) || (value == '-' && at_word_begin_)) return true;
      at_word_begin_ = is_space(value);
      return false;
    });
    const std::size_t offset = static_cast<std::size_t>(part.data() - text_.data());
    for (text::WordReader words(part); words.next();) {
      // Pairs cover every character but that of a run of one.
      if (words.kind() == Kind::kTail && !words.lone()) continue;
      query_.clauses.push_back({Query::Role::kWanted, {take(words, offset)}});
      ++wanted_;
      query_.open_end = offset + words.end() == text_.size();
    }
  }

  // All words, tails too: a tail stands for whatever continues it, so that every occurrence of the
  // characters is found, at the end of a run or within it.
  void add_sequence(Query::Role role, std::string_view part) {
    const std::size_t offset = static_cast<std::size_t>(part.data() - text_.data());
    Query::Clause clause{role, {}};
    for (text::WordReader words(part); words.next();) clause.words.push_back(take(words, offset));
    if (!clause.words.empty()) query_.clauses.push_back(std::move(clause));
    query_.open_end = false;
  }

  Query::Word take(const text::WordReader& words, std::size_t offset) {
    const std::string_view folded = words.folded();
    const Query::Word word{static_cast<std::uint32_t>(query_.folded.size()),
                           static_cast<std::uint32_t>(folded.size()),
                           static_cast<std::uint32_t>(offset + words.begin()),
                           static_cast<std::uint32_t>(offset + words.end()),
                           static_cast<std::uint32_t>(words.code_points()),
                           words.kind() == Kind::kTail,
                           words.kind() == Kind::kWord};
    query_.folded.insert(query_.folded.end(), folded.begin(), folded.end());
    return word;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t wanted_ = 0;  // words outside of quotes that are not excluded
  bool at_word_begin_ = true;
  Query query_;
};

}  // namespace

Query parse_query(std::string_view utf8) {
  // Folding makes four bytes of one at most.
  if (utf8.size() >= 0x40000000) {
    throw Error(ErrorCode::kInvalidArgument, "the query is longer than 1 GB; shorten it");
  }
  return Parser(utf8).parse();
}

}  // namespace mayfly::lexical
