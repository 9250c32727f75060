// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "lexical/lexical_index.h"
#include "lexical/varint.h"
#include "text/words.h"

namespace mayfly::lexical {
namespace {

using Codes = SecureVector<std::uint32_t>;  // as in a document's sequence: term + 1

// The query's words. `part`: how many of them must stand in a longer name, all but the last
// character of a run of a script without spaces: there it may go on.
struct Name {
  Codes codes;
  std::size_t part = 0;
};

enum class Found : std::uint8_t { kNot, kPart, kWhole };

Found find(const Name& name, const Codes& words) {
  if (words == name.codes) return Found::kWhole;
  const auto end = name.codes.begin() + static_cast<std::ptrdiff_t>(name.part);
  const auto at = std::search(words.begin(), words.end(), name.codes.begin(), end);
  return at == words.end() ? Found::kNot : Found::kPart;
}

// The best match in the title, the first words, and the headings, each with a 0 behind it; what no
// 0 follows is the body.
std::optional<NameMatch> match(const Name& name, const SecureVector<std::uint8_t>& sequence,
                               Codes& words) {
  std::optional<NameMatch> best;
  bool in_title = true;
  words.clear();
  for (const std::uint8_t* at = sequence.data(); at != sequence.data() + sequence.size();) {
    if (const std::uint32_t code = read_varint(at)) {
      words.push_back(code);
      continue;
    }
    const Found found = find(name, words);
    const NameMatch here = found == Found::kWhole
                               ? (in_title ? NameMatch::kWholeTitle : NameMatch::kWholeHeading)
                               : (in_title ? NameMatch::kTitlePart : NameMatch::kHeadingPart);
    if (found != Found::kNot && (!best || *best < here)) best = here;
    in_title = false;
    words.clear();
  }
  return best;
}

}  // namespace

std::vector<NamedRow> LexicalIndex::find_names(std::string_view query) const {
  Name name;
  const PostingList* rarest = nullptr;
  for (text::WordReader words(query); words.next();) {
    if (name.codes.size() == kMaxNameWords) return {};
    const TermId term = vocabulary_.find(words.folded());
    name.codes.push_back(term + 1);
    if (words.kind() == text::WordReader::Kind::kTail && !words.lone()) continue;
    if (term == kNoTerm) return {};
    name.part = name.codes.size();
    const PostingList& list = postings_[term];
    if (rarest == nullptr || list.document_count < rarest->document_count) rarest = &list;
  }
  std::vector<NamedRow> rows;
  if (rarest == nullptr) return rows;
  Codes words;
  for_each_posting(pool_, *rarest, [&](const Posting& posting) {
    const Document& document = documents_[posting.slot];
    const bool above_body = posting.counts[kTitle] != 0 || posting.counts[kHeadings] != 0;
    auto found = above_body ? match(name, document.sequence, words) : std::nullopt;
    if (!found && name.part == 1) found = NameMatch::kOnlyWord;
    if (found) rows.push_back({document.row, *found});
  });
  return rows;
}

}  // namespace mayfly::lexical
