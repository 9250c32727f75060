// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "attributes/facets.h"
#include "engine/document_view.h"
#include "engine/model.h"
#include "engine/tier.h"
#include "lexical/lexical_index.h"

namespace mayfly::engine {

enum class SearchMode : std::uint8_t {
  kHybrid,    // words and vectors: see hybrid_search.h
  kSemantic,  // vectors alone, however little they say
  kLexical,   // words alone
};

// The query as a model sees it. Values: f32 [dim], of unit length; none where there is no vector.
struct QueryEmbedding {
  std::span<const float> values;
  std::string_view fingerprint;  // of the model that made it
};

struct SearchRequest {
  std::string_view text;  // syntax of words: lexical/query.h
  std::size_t k = 10;     // >= 1
  SearchMode mode = SearchMode::kHybrid;
  std::string_view filter;  // JSON: see attributes/select.h; empty for none
  // Key of the metadata by which the caller groups the hits, for SearchHit::group_bonus; empty for
  // none.
  std::string_view group_by;
  QueryEmbedding static_embedding, contextual_embedding;
};

struct SearchHit {
  DocumentView document;       // views into the collection, valid until it next changes
  float score = 0;             // by which hits are ranked, within a tier
  float contextual = 0;        // cosine of query and best passage, -1..1; 0 where not known
  float static_cosine = 0;     // the same of the static tier
  float lexical = 0;           // BM25; 0: no word of the query
  float group_bonus = 0;       // what others of its group add: see hybrid_search.h
  Tier tier = Tier::kLexical;  // what the score was made of
  std::size_t dropped = 0;     // tokens of its passages beyond the model's limit, not embedded
  // Of the first kDetailedHits of an answer, else all of the text, no matches:
  std::size_t passage_begin = 0, passage_end = 0;  // bytes of document.text: the nearest in meaning
  std::size_t snippet_begin = 0, snippet_end = 0;  // what of it to show: engine/snippet.h
  std::vector<lexical::TextRange> matches;         // of the query's words in document.text
};

inline constexpr std::size_t kDetailedHits = 100;

// Documents, the words and attributes of them, and their vectors by tier; in memory only,
// everything is zeroed when freed. Words are there as soon as a document is, vectors when a FillJob
// has made them. Not thread-safe; one worker owns it.
class Collection {
 public:
  Collection();
  ~Collection();

  // The model whose vectors serve this tier (not kLexical) from now on: all documents wait for
  // theirs. Error(kInvalidArgument) for kLexical or null.
  void set_model(Tier tier, std::shared_ptr<const Model> model);

  std::size_t size() const;
  bool contains(std::string_view id) const;
  // Documents without vectors of the tier; all of them where it has no model.
  std::size_t pending_count(Tier tier) const;

  // The k best documents, best first, ties by order of insertion (an update does not change it).
  // Made of the best tier that the request has an embedding for. Documents that have no vectors of
  // it yet come after those that have, ranked by what is known of them. Errors: kSpaceMismatch for
  // an embedding of another model than the tier's, kDimensionMismatch for another dim,
  // kInvalidArgument for k == 0, a malformed filter, or kSemantic without an embedding.
  std::vector<SearchHit> search(const SearchRequest& request) const;

  // The values that this key has in the metadata of the documents that pass the filter (JSON, empty
  // for all), and how many of them have each, in no order: attributes/facets.h.
  // Error(kInvalidArgument) for a malformed filter.
  std::vector<attributes::FacetCount> facets(std::string_view key, std::string_view filter) const;

  // How many of these were there. An id twice in the list counts once.
  std::size_t remove(std::span<const std::string_view> ids);
  void clear();

 private:
  friend class IngestJob;
  friend class FillJob;
  friend class ExplainJob;
  struct State;
  std::shared_ptr<State> state_;  // a job sees through a weak pointer whether it is still there
};

}  // namespace mayfly::engine
