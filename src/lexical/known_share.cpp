// SPDX-License-Identifier: Apache-2.0
#include "lexical/bm25.h"
#include "lexical/lexical_index.h"
#include "lexical/word_variants.h"
#include "text/words.h"

namespace mayfly::lexical {

float LexicalIndex::known_share(std::string_view query) const {
  using Kind = text::WordReader::Kind;
  float known = 0, all = 0;
  for (text::WordReader words(query); words.next();) {
    if (words.kind() == Kind::kTail && !words.lone()) continue;  // pairs cover it
    const TermId term = vocabulary_.find(words.folded());
    const std::size_t having = term == kNoTerm ? 0 : postings_[term].document_count;
    const float idf = inverse_document_frequency(static_cast<double>(size()), having);
    all += idf;
    if (having > 0) known += idf;
    const bool may_go_on = words.kind() == Kind::kTail || words.end() == query.size();
    if (having > 0 || !may_go_on) continue;
    bool begins = false;
    for_each_continuation(vocabulary_, words.folded(), [&](TermId) { begins = true; });
    if (begins) known += idf;
  }
  return all > 0 ? known / all : 0;
}

}  // namespace mayfly::lexical
