// SPDX-License-Identifier: Apache-2.0
#include "lexical/lexical_index.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/sort_numbers.h"
#include "lexical/varint.h"
#include "text/words.h"

namespace mayfly::lexical {

// A document taken apart, before anything else changes but the vocabulary.
struct LexicalIndex::Analysis {
  struct Term {
    TermId id;
    FieldCounts counts;
  };
  SecureVector<Term> terms;  // each once
  SecureVector<std::uint8_t> sequence;
  FieldCounts lengths{};
};

void LexicalIndex::analyse_words(std::string_view text, std::size_t field, Analysis& analysis) {
  for (text::WordReader words(text); words.next();) {
    const TermId id = vocabulary_.find_or_add(words.folded());
    if (id >= place_in_analysis_.size()) {
      place_in_analysis_.resize(std::max<std::size_t>(64, 2 * std::size_t{id}));
    }
    std::uint32_t& place = place_in_analysis_[id];
    // What an earlier document left behind is told by what stands at that place.
    if (place >= analysis.terms.size() || analysis.terms[place].id != id) {
      place = static_cast<std::uint32_t>(analysis.terms.size());
      analysis.terms.push_back({id, {}});
    }
    ++analysis.terms[place].counts[field];
    ++analysis.lengths[field];
    std::uint8_t bytes[kMaxVarintBytes];
    analysis.sequence.insert(analysis.sequence.end(), bytes, bytes + write_varint(id + 1, bytes));
  }
}

LexicalIndex::Analysis LexicalIndex::analyse(const DocumentText& document) {
  Analysis analysis;
  const std::size_t byte_count =
      document.title.size() + document.headings.size() + document.body.size();
  if (byte_count >= 0xFFFFFFFF) {
    throw Error(ErrorCode::kInvalidArgument, "a document has 4 GB of text or more; split it");
  }
  analysis.sequence.reserve(byte_count / 3 + kFieldCount);  // usual for English
  analyse_words(document.title, kTitle, analysis);
  analysis.sequence.push_back(0);
  for (std::string_view rest = document.headings; !rest.empty();) {
    const std::size_t length = std::min(rest.find('\n'), rest.size());
    analyse_words(rest.substr(0, length), kHeadings, analysis);
    analysis.sequence.push_back(0);
    rest.remove_prefix(std::min(length + 1, rest.size()));
  }
  analyse_words(document.body, kBody, analysis);
  return analysis;
}

void LexicalIndex::insert(std::uint32_t slot, const Analysis& analysis) {
  if (postings_.size() < vocabulary_.id_limit()) postings_.resize(vocabulary_.id_limit());
  for (const Analysis::Term& term : analysis.terms) {
    add_posting(pool_, postings_[term.id], {slot, term.counts});
  }
  for (std::size_t f = 0; f < kFieldCount; ++f) total_lengths_[f] += analysis.lengths[f];
  lengths_[slot] = analysis.lengths;
  // A copy of the exact size: much more was reserved.
  const auto& sequence = analysis.sequence;
  documents_[slot].sequence = SecureVector<std::uint8_t>(sequence.begin(), sequence.end());
}

SecureVector<TermId> LexicalIndex::withdraw(std::uint32_t slot) {
  const SecureVector<std::uint8_t> sequence = std::exchange(documents_[slot].sequence, {});
  SecureVector<TermId> terms;
  const std::uint8_t* at = sequence.data();
  for (const std::uint8_t* const end = at + sequence.size(); at != end;) {
    if (const std::uint32_t code = read_varint(at)) terms.push_back(code - 1);
  }
  sort_ascending(terms);
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  for (const TermId term : terms) remove_posting(pool_, postings_[term], slot);
  for (std::size_t f = 0; f < kFieldCount; ++f) total_lengths_[f] -= lengths_[slot][f];
  lengths_[slot] = {};
  return terms;
}

void LexicalIndex::forget_unused(const SecureVector<TermId>& terms) {
  for (const TermId term : terms) {
    if (postings_[term].document_count == 0) vocabulary_.remove(term);
  }
}

void LexicalIndex::append(const DocumentText& text) {
  if (size() >= kMaxSlots) {
    throw Error(ErrorCode::kInvalidArgument, "an index holds at most 2^30 documents; use several");
  }
  const Analysis analysis = analyse(text);
  if (free_slots_.empty()) {
    free_slots_.push_back(static_cast<std::uint32_t>(documents_.size()));
    documents_.emplace_back();
    lengths_.emplace_back();
  }
  const std::uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  documents_[slot].row = static_cast<std::uint32_t>(size());
  documents_[slot].insertion = next_insertion_++;
  slots_of_rows_.push_back(slot);
  insert(slot, analysis);
}

void LexicalIndex::replace(std::size_t row, const DocumentText& text) {
  const Analysis analysis = analyse(text);
  const std::uint32_t slot = slots_of_rows_[row];
  const SecureVector<TermId> terms = withdraw(slot);
  insert(slot, analysis);
  forget_unused(terms);  // last, because words of the new text may be among them
}

void LexicalIndex::remove(std::size_t row) {
  const std::uint32_t slot = slots_of_rows_[row];
  forget_unused(withdraw(slot));
  slots_of_rows_[row] = slots_of_rows_.back();
  slots_of_rows_.pop_back();
  if (row < size()) documents_[slots_of_rows_[row]].row = static_cast<std::uint32_t>(row);
  free_slots_.push_back(slot);
}

void LexicalIndex::clear() { *this = LexicalIndex(); }

std::size_t LexicalIndex::byte_count() const {
  std::size_t bytes =
      vocabulary_.byte_count() + pool_.byte_count() + postings_.capacity() * sizeof(PostingList) +
      documents_.capacity() * sizeof(Document) + lengths_.capacity() * sizeof(FieldCounts) +
      (slots_of_rows_.capacity() + free_slots_.capacity() + place_in_analysis_.capacity()) *
          sizeof(std::uint32_t);
  for (const Document& document : documents_) bytes += document.sequence.capacity();
  return bytes;
}

}  // namespace mayfly::lexical
