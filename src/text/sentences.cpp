// SPDX-License-Identifier: Apache-2.0
#include "text/sentences.h"

#include "text/bert_characters.h"
#include "text/utf8.h"

namespace mayfly::text {
namespace {

bool is_white(char32_t value) {
  return value == '\n' || value == '\r' || value == '\t' ||
         (BertCharacters::instance().flags(value) & BertCharacters::kWhite) != 0;
}

bool is_full_stop_without_space(char32_t value) {
  return value == 0x3002 || value == 0xFF01 || value == 0xFF1F || value == 0xFF61;  // 。！？｡
}

bool is_full_stop(char32_t value) {
  return value == '.' || value == '!' || value == '?' || value == 0x2026 /* … */ ||
         value == 0x0964 /* danda */ || value == 0x061F /* Arabic question mark */;
}

bool closes(char32_t value) {
  return value == ')' || value == ']' || value == '"' || value == '\'' || value == 0x2019 ||
         value == 0x201D || value == 0x00BB || value == 0x300D || value == 0x300F ||
         value == 0xFF09;
}

// Begins a line of its own: "# heading", "- item", "* item", "1. item".
bool is_line_marker(std::string_view line) {
  std::size_t at = 0;
  if (line.empty()) return false;
  if (line[0] == '#') {
    while (at < line.size() && line[at] == '#') ++at;
  } else if (line[0] == '-' || line[0] == '*' || line[0] == '+') {
    at = 1;
  } else {
    while (at < line.size() && at < 3 && line[at] >= '0' && line[at] <= '9') ++at;
    if (at == 0 || at == line.size() || (line[at] != '.' && line[at] != ')')) return false;
    ++at;
  }
  return at < line.size() && (line[at] == ' ' || line[at] == '\t');
}

class SentenceReader {
 public:
  SentenceReader(std::string_view text, std::size_t max_bytes)
      : text_(text), max_bytes_(max_bytes) {}

  std::vector<Sentence> read() {
    skip_white();
    while (at_ < text_.size()) {
      read_sentence();
      skip_white();
    }
    if (!sentences_.empty()) sentences_.back().ends_paragraph = true;
    return std::move(sentences_);
  }

 private:
  DecodedCodePoint peek(std::size_t at) const {
    return decode_utf8(text_.data() + at, text_.data() + text_.size());
  }

  // White space between sentences; two line ends in it end the paragraph before it.
  void skip_white() {
    std::size_t lines = 0;
    while (at_ < text_.size()) {
      const auto [value, bytes] = peek(at_);
      if (!is_white(value)) break;
      lines += value == '\n' ? 1 : 0;
      at_ += bytes;
    }
    if (sentences_.empty()) return;
    const bool after_heading = lines > 0 && text_[sentences_.back().begin] == '#';
    const bool before_heading = lines > 0 && at_ < text_.size() && text_[at_] == '#';
    if (lines > 1 || after_heading || before_heading) sentences_.back().ends_paragraph = true;
  }

  void read_sentence() {
    const std::size_t begin = at_;
    std::size_t end = at_;           // after the last character that is not white
    std::size_t last_white = begin;  // where a long sentence would be cut
    bool done = false;
    while (!done && at_ < text_.size()) {
      const auto [value, bytes] = peek(at_);
      if (at_ + bytes - begin > max_bytes_) {
        if (last_white > begin) end = at_ = last_white;
        break;
      }
      if (is_white(value)) {
        if (value == '\n' && ends_at_line(begin, at_)) break;
        if (end == at_) last_white = end;
        at_ += bytes;
        continue;
      }
      done = ends_after(at_, bytes, value, begin);
      at_ += bytes;
      end = at_;
    }
    if (done) end = at_ = after_closing(at_);
    sentences_.push_back({begin, end, false});
  }

  bool ends_at_line(std::size_t begin, std::size_t line_end) const {
    if (text_[begin] == '#' && is_line_marker(text_.substr(begin))) return true;
    std::size_t next = line_end + 1;
    while (next < text_.size() &&
           (text_[next] == ' ' || text_[next] == '\t' || text_[next] == '\r')) {
      ++next;
    }
    if (next < text_.size() && text_[next] == '\n') return true;
    return is_line_marker(text_.substr(next, 8));
  }

  bool ends_after(std::size_t at, std::size_t bytes, char32_t value, std::size_t begin) {
    if (is_full_stop_without_space(value)) return true;
    if (!is_full_stop(value)) return false;
    // All full stops of a run have the same behind it, which is looked at once: a run may be as
    // long as the text.
    if (at < run_begin_ || at >= run_end_) {
      run_begin_ = at;
      run_end_ = after_closing(at + bytes);
      run_ends_ = sentence_may_begin(run_end_);
    }
    if (run_end_ == text_.size()) return true;
    // An initial or one-letter abbreviation: "J. Doe", "a. m."
    const bool one_letter = value == '.' && at > begin && is_letter(text_[at - 1]) &&
                            (at - 1 == begin || text_[at - 2] == ' ' || text_[at - 2] == '.');
    return run_ends_ && !one_letter;
  }

  // White space and then something other than a small letter, or the end of the text.
  bool sentence_may_begin(std::size_t at) const {
    if (at == text_.size()) return true;
    if (!is_white(peek(at).value)) return false;
    while (at < text_.size() && is_white(peek(at).value)) at += peek(at).byte_count;
    return at == text_.size() || !is_small(peek(at).value);
  }

  std::size_t after_closing(std::size_t at) const {
    while (at < text_.size()) {
      const auto [value, bytes] = peek(at);
      if (!closes(value) && !is_full_stop(value)) break;
      at += bytes;
    }
    return at;
  }

  static bool is_letter(char value) {
    return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
  }
  // A letter that has a case and is not a capital; letters without case begin sentences too.
  static bool is_small(char32_t value) {
    return (value >= 'a' && value <= 'z') || (value >= 0xDF && value <= 0xFF && value != 0xF7);
  }

  std::string_view text_;
  std::size_t max_bytes_;
  std::size_t at_ = 0;
  // The last run of full stops and closing marks that was looked at.
  std::size_t run_begin_ = 0, run_end_ = 0;
  bool run_ends_ = false;  // a sentence may begin behind it
  std::vector<Sentence> sentences_;
};

}  // namespace

std::vector<Sentence> split_sentences(std::string_view utf8, std::size_t max_bytes) {
  return SentenceReader(utf8, max_bytes).read();
}

}  // namespace mayfly::text
