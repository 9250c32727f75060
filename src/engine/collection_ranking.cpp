// SPDX-License-Identifier: Apache-2.0
#include "engine/collection_ranking.h"

#include <algorithm>
#include <array>
#include <utility>

#include "attributes/groups.h"
#include "attributes/select.h"
#include "base/error.h"
#include "base/sort_numbers.h"
#include "engine/document_passages.h"
#include "engine/fusion.h"
#include "engine/hybrid_search.h"
#include "engine/snippet.h"
#include "lexical/match_finder.h"

namespace mayfly::engine {

void require_space(const QueryEmbedding& query, const std::optional<TierVectors>& vectors) {
  if (query.values.empty()) return;
  if (vectors && query.fingerprint == vectors->model->fingerprint()) return;
  throw Error(ErrorCode::kSpaceMismatch,
              "the query was embedded by another model than the collection; embed it with the "
              "collection's model");
}

namespace {

// Of so many documents one may be unknown to a static tier that answers: half of all.
constexpr std::size_t kLeastUnread = 2;

struct TieredRow {
  RankedRow ranked;
  Tier tier;  // what the score was made of
};

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

  // Tiers from the best down, each for what waits for its vectors in all better ones.
  std::vector<TieredRow> rows() const {
    std::vector<TieredRow> rows;
    std::optional<RowSet> left = allowed_;
    for (const Tier tier : tiers()) {
      add(rows, tier, left ? &*left : nullptr);
      if (rows.size() == request_.k || tier == Tier::kLexical) break;
      const DocumentVectors& vectors = vectors_of(tier);
      if (vectors.pending_count() == 0) break;
      RowSet unread(vectors.size());
      for (std::size_t row = 0; row < vectors.size(); ++row) {
        if (!vectors.has_vectors(row)) unread.insert(row);
      }
      if (left) unread.intersect(*left);
      left = std::move(unread);
    }
    return rows;
  }

  std::vector<SearchHit> hits() const {
    std::vector<SearchHit> hits;
    std::optional<lexical::MatchFinder> finder;
    const lexical::SearchOptions options;
    if (request_.mode != SearchMode::kSemantic) {
      finder.emplace(parts_.indexes.words(), request_.text, options);
    }
    for (const TieredRow& row : rows()) {
      hits.push_back(hit(row.ranked, row.tier));
      if (hits.size() > kDetailedHits) continue;
      if (finder) hits.back().matches = finder->in(hits.back().document.text);
      add_details(hits.back(), row.ranked.row, row.tier);
    }
    return hits;
  }

 private:
  // What the request can be answered with.
  std::vector<Tier> tiers() const {
    std::vector<Tier> tiers;
    if (request_.mode != SearchMode::kLexical) {
      for (const Tier tier : {Tier::kContextual, Tier::kStatic}) {
        if (!embedding_of(tier).values.empty() && is_useful(tier)) tiers.push_back(tier);
      }
    }
    if (request_.mode != SearchMode::kSemantic) tiers.push_back(Tier::kLexical);
    if (!tiers.empty()) return tiers;
    throw Error(ErrorCode::kInvalidArgument, "a semantic search needs the query's vector");
  }

  // The transformer reads the best candidates of a query before it answers. The static model does
  // not, and reads everything in a moment: until then, the few documents that it knows would come
  // before those that have the query's words.
  bool is_useful(Tier tier) const {
    if (tier == Tier::kContextual || request_.mode == SearchMode::kSemantic) return true;
    return vectors_of(tier).pending_count() * kLeastUnread <= parts_.documents.size();
  }

  void add(std::vector<TieredRow>& rows, Tier tier, const RowSet* allowed) const {
    std::vector<RankedRow> best = best_rows(tier, request_.k - rows.size(), allowed);
    // Equal ones in order of insertion: the parts have orders of their own.
    const auto precedes = [&](std::uint32_t a, std::uint32_t b) {
      if (best[a].score != best[b].score) return best[a].score > best[b].score;
      return parts_.documents.at(best[a].row).insertion() <
             parts_.documents.at(best[b].row).insertion();
    };
    for (const std::uint32_t place : sorted_order(best.size(), precedes)) {
      rows.push_back({best[place], tier});
    }
  }

  std::vector<RankedRow> best_rows(Tier tier, std::size_t k, const RowSet* allowed) const {
    if (tier == Tier::kLexical) {
      // Before vectors tell what is related to a hybrid query, more than a stray word has to.
      // Where no model is there, words are all there is.
      const bool hybrid = request_.mode == SearchMode::kHybrid &&
                          (parts_.static_vectors || parts_.contextual_vectors);
      return lexical_search(parts_.indexes.words(), request_.text, k, allowed,
                            hybrid ? Related::kNamed : Related::kAny);
    }
    const DocumentVectors& vectors = vectors_of(tier);
    const std::span<const float> query = embedding_of(tier).values;
    if (request_.mode == SearchMode::kHybrid) {
      if (tier == Tier::kStatic) {
        return hybrid_search(parts_.indexes.words(), vectors, request_.text, query, k, allowed,
                             kStaticFusion);
      }
      const auto groups =
          request_.group_by.empty()
              ? std::vector<attributes::AttributeId>()
              : attributes::groups_of(parts_.indexes.attributes(), request_.group_by);
      return hybrid_search(parts_.indexes.words(), vectors, request_.text, query, k, allowed,
                           kDefaultFusion, groups);
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
    hit.group_bonus = row.group_bonus;
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
    return hit;
  }

  // Its matches are there.
  void add_details(SearchHit& hit, std::size_t row, Tier tier) const {
    if (tier != Tier::kLexical) point_at_passage(hit, row, tier);
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
};

}  // namespace

std::vector<std::size_t> candidate_rows(const SearchedParts& parts, const SearchRequest& request,
                                        std::size_t count) {
  if (count == 0) return {};
  SearchRequest by_words = request;
  by_words.contextual_embedding = {};
  by_words.k = count;
  by_words.mode = SearchMode::kLexical;
  std::vector<std::vector<TieredRow>> lists = {Ranking(parts, by_words).rows()};
  if (!request.static_embedding.values.empty()) {
    SearchRequest by_vectors = by_words;
    by_vectors.mode = SearchMode::kSemantic;
    lists.push_back(Ranking(parts, by_vectors).rows());
  }
  RowSet seen(parts.documents.size());
  std::vector<std::size_t> rows;
  for (std::size_t rank = 0; rank < count; ++rank) {
    for (const auto& list : lists) {
      if (rank >= list.size() || rows.size() == count) continue;
      const std::size_t row = list[rank].ranked.row;
      if (seen.contains(row)) continue;
      seen.insert(row);
      rows.push_back(row);
    }
  }
  return rows;
}

std::vector<SearchHit> ranked_hits(const SearchedParts& parts, const SearchRequest& request) {
  return Ranking(parts, request).hits();
}

}  // namespace mayfly::engine
