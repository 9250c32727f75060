// SPDX-License-Identifier: Apache-2.0
#include "engine/collection_ranking.h"

#include <algorithm>
#include <array>

#include "attributes/select.h"
#include "base/error.h"
#include "engine/document_passages.h"
#include "engine/fusion.h"
#include "engine/hybrid_search.h"
#include "engine/snippet.h"

namespace mayfly::engine {
namespace {

void require_space(const QueryEmbedding& query, const std::optional<TierVectors>& vectors) {
  if (query.values.empty()) return;
  if (vectors && query.fingerprint == vectors->model->fingerprint()) return;
  throw Error(ErrorCode::kSpaceMismatch,
              "the query was embedded by another model than the collection; embed it with the "
              "collection's model");
}

class Ranking {
 public:
  Ranking(const SearchedParts& parts, const SearchRequest& request)
      : parts_(parts), request_(request) {
    if (request.k == 0) throw Error(ErrorCode::kInvalidArgument, "k must be at least 1");
    require_space(request.static_embedding, parts.static_vectors);
    require_space(request.contextual_embedding, parts.contextual_vectors);
    if (!request.filter.empty()) {
      allowed_ = attributes::select(parts.indexes.attributes(), request.filter);
    }
  }

  std::vector<SearchHit> hits() {
    add(best_tier(), allowed_ ? &*allowed_ : nullptr);
    if (best_tier() == Tier::kContextual) add_pending();
    return std::move(hits_);
  }

 private:
  Tier best_tier() const {
    if (request_.mode == SearchMode::kLexical) return Tier::kLexical;
    if (!request_.contextual_embedding.values.empty()) return Tier::kContextual;
    return early_tier();
  }
  Tier early_tier() const {
    const bool without =
        request_.mode == SearchMode::kLexical || request_.static_embedding.values.empty();
    return without ? Tier::kLexical : Tier::kStatic;
  }

  // What waits for its vectors comes after what has them.
  void add_pending() {
    const DocumentVectors& vectors = parts_.contextual_vectors->vectors;
    if (vectors.pending_count() == 0 || hits_.size() >= request_.k) return;
    if (request_.mode == SearchMode::kSemantic && early_tier() == Tier::kLexical) return;
    RowSet pending(vectors.size());
    for (std::size_t row = 0; row < vectors.size(); ++row) {
      if (vectors.is_pending(row)) pending.insert(row);
    }
    if (allowed_) pending.intersect(*allowed_);
    add(early_tier(), &pending);
  }

  void add(Tier tier, const RowSet* allowed) {
    std::vector<RankedRow> rows = best_rows(tier, request_.k - hits_.size(), allowed);
    // Equal ones in order of insertion: the parts have orders of their own.
    std::stable_sort(rows.begin(), rows.end(), [&](const RankedRow& a, const RankedRow& b) {
      if (a.score != b.score) return a.score > b.score;
      return parts_.documents.at(a.row).insertion() < parts_.documents.at(b.row).insertion();
    });
    for (const RankedRow& row : rows) hits_.push_back(hit(row, tier));
  }

  std::vector<RankedRow> best_rows(Tier tier, std::size_t k, const RowSet* allowed) const {
    if (tier == Tier::kLexical) {
      if (request_.mode == SearchMode::kSemantic) {
        throw Error(ErrorCode::kInvalidArgument, "a semantic search needs the query's vector");
      }
      // Before vectors tell what is related to a hybrid query, more than a stray word has to.
      const bool hybrid = request_.mode == SearchMode::kHybrid;
      return lexical_search(parts_.indexes.words(), request_.text, k, allowed,
                            hybrid ? Related::kNamed : Related::kAny);
    }
    const DocumentVectors& vectors = vectors_of(tier);
    const std::span<const float> query = embedding_of(tier).values;
    if (request_.mode == SearchMode::kHybrid) {
      return hybrid_search(parts_.indexes.words(), vectors, request_.text, query, k, allowed,
                           tier == Tier::kStatic ? kStaticFusion : kDefaultFusion);
    }
    std::vector<RankedRow> rows;
    for (const auto& hit :
         allowed ? vectors.search(query, k, *allowed) : vectors.search(query, k)) {
      rows.push_back({hit.row, hit.score, hit.score, 0.0f});
    }
    return rows;
  }

  SearchHit hit(const RankedRow& row, Tier tier) const {
    const Document& document = parts_.documents.at(row.row);
    SearchHit hit;
    hit.document = document.view();
    hit.score = row.score;
    hit.lexical = row.lexical;
    hit.tier = tier;
    hit.dropped = document.dropped;
    hit.passage_end = hit.snippet_end = hit.document.text.size();
    if (tier == Tier::kContextual) hit.contextual = row.cosine;
    if (tier == Tier::kStatic) hit.static_cosine = row.cosine;
    if (tier == Tier::kContextual && !request_.static_embedding.values.empty()) {
      const std::array rows = {static_cast<std::uint32_t>(row.row)};
      for (const auto& scored :
           vectors_of(Tier::kStatic).score(request_.static_embedding.values, rows)) {
        hit.static_cosine = scored.score;
      }
    }
    if (hits_.size() < kDetailedHits) add_details(hit, row.row, tier);
    return hit;
  }

  void add_details(SearchHit& hit, std::size_t row, Tier tier) const {
    if (tier != Tier::kLexical) point_at_passage(hit, row, tier);
    if (request_.mode != SearchMode::kSemantic) {
      hit.matches = parts_.indexes.words().find_matches(request_.text, hit.document.text);
    }
    const ByteRange snippet =
        choose_snippet(hit.document.text, {hit.passage_begin, hit.passage_end}, hit.matches,
                       parts_.static_vectors ? parts_.static_vectors->model : nullptr,
                       request_.static_embedding.values);
    hit.snippet_begin = snippet.begin;
    hit.snippet_end = snippet.end;
  }

  void point_at_passage(SearchHit& hit, std::size_t row, Tier tier) const {
    const auto best = vectors_of(tier).best_passage(embedding_of(tier).values, row);
    const auto passages = passage_bytes(model_of(tier).tokenizer(), hit.document.text);
    if (best.place >= passages.size()) return;
    hit.passage_begin = passages[best.place].begin;
    hit.passage_end = passages[best.place].end;
  }

  const QueryEmbedding& embedding_of(Tier tier) const {
    return tier == Tier::kStatic ? request_.static_embedding : request_.contextual_embedding;
  }
  const DocumentVectors& vectors_of(Tier tier) const {
    return (tier == Tier::kStatic ? parts_.static_vectors : parts_.contextual_vectors)->vectors;
  }
  const Model& model_of(Tier tier) const {
    return *(tier == Tier::kStatic ? parts_.static_vectors : parts_.contextual_vectors)->model;
  }

  const SearchedParts& parts_;
  const SearchRequest& request_;
  std::optional<RowSet> allowed_;
  std::vector<SearchHit> hits_;
};

}  // namespace

std::vector<SearchHit> ranked_hits(const SearchedParts& parts, const SearchRequest& request) {
  return Ranking(parts, request).hits();
}

}  // namespace mayfly::engine
