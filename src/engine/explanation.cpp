// SPDX-License-Identifier: Apache-2.0
#include "engine/explanation.h"

#include <utility>

#include "attributes/select.h"
#include "base/error.h"
#include "engine/collection_ranking.h"
#include "engine/collection_state.h"
#include "engine/document_passages.h"
#include "engine/fusion.h"
#include "engine/hybrid_search.h"
#include "text/utf8.h"

namespace mayfly::engine {
namespace {

using Vectors = std::optional<TierVectors>;

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(text::count_code_points(text));
}

// The document's passage that is nearest to the query; none where either has no vector.
std::optional<DocumentVectors::Passage> nearest(const QueryEmbedding& query, const Vectors& vectors,
                                                std::size_t row) {
  require_space(query, vectors);
  if (query.values.empty() || !vectors->vectors.has_vectors(row)) return std::nullopt;
  return vectors->vectors.best_passage(query.values, row);
}

std::vector<ExplainedWord> explain_words(const lexical::LexicalIndex& words, std::string_view query,
                                         std::size_t row) {
  std::vector<ExplainedWord> explained;
  for (const auto& word : words.explain(query, row, lexical_options())) {
    explained.push_back({code_points(query.substr(0, word.query_begin)),
                         code_points(query.substr(0, word.query_end)), std::string(word.word),
                         word.kind, word.score});
  }
  return explained;
}

bool is_allowed(const DocumentIndexes& indexes, const SearchRequest& request, std::size_t row) {
  const auto permitted = indexes.words().permitted(request.text);
  if (permitted && request.mode != SearchMode::kSemantic && !permitted->contains(row)) return false;
  return request.filter.empty() ||
         attributes::select(indexes.attributes(), request.filter).contains(row);
}

// From the parts, as hybrid_search and its fusion join them.
void add_score(Explanation& explained, SearchMode mode, bool has_contextual, bool has_static) {
  if (mode != SearchMode::kLexical && (has_contextual || has_static)) {
    explained.tier = has_contextual ? Tier::kContextual : Tier::kStatic;
  }
  if (mode != SearchMode::kSemantic) {
    explained.lexical_weight = explained.tier == Tier::kLexical  ? 1.0f
                               : explained.tier == Tier::kStatic ? kStaticFusion.weight
                                                                 : kDefaultFusion.weight;
  }
  const float cosine = explained.tier == Tier::kContextual ? explained.contextual
                       : explained.tier == Tier::kStatic   ? explained.static_cosine
                                                           : 0.0f;
  explained.score = cosine + explained.lexical_weight * explained.lexical + explained.name_bonus;
}

// In units of the score that the tier has: see prefer_names in hybrid_search.cpp.
float name_bonus(const lexical::LexicalIndex& words, std::string_view query, std::size_t row,
                 Tier tier) {
  const float bonus = name_bonuses(words, query)[row];
  return tier == Tier::kLexical ? bonus / kDefaultFusion.weight : bonus;
}

}  // namespace

ExplainJob::ExplainJob(const Collection& collection, const SearchRequest& request,
                       std::string_view id) {
  const Collection::State& state = *collection.state_;
  const std::size_t row = state.documents.find(id);
  if (row == DocumentStore::kNone) {
    throw Error(ErrorCode::kNotFound,
                "no document of the collection has this id; explain one that it has");
  }
  const auto by_contextual = nearest(request.contextual_embedding, state.contextual_vectors, row);
  const auto by_static = nearest(request.static_embedding, state.static_vectors, row);
  if (by_contextual) explanation_.contextual = by_contextual->score;
  if (by_static) explanation_.static_cosine = by_static->score;
  explanation_.allowed = is_allowed(state.indexes, request, row);
  explanation_.words = explain_words(state.indexes.words(), request.text, row);
  for (const ExplainedWord& word : explanation_.words) explanation_.lexical += word.score;
  const bool by_meaning =
      request.mode != SearchMode::kLexical && (by_contextual.has_value() || by_static.has_value());
  if (request.mode != SearchMode::kSemantic) {
    explanation_.name_bonus = name_bonus(state.indexes.words(), request.text, row,
                                         by_meaning ? Tier::kContextual : Tier::kLexical);
  }
  add_score(explanation_, request.mode, by_contextual.has_value(), by_static.has_value());
  if (explanation_.tier == Tier::kLexical) return;

  const DocumentView document = state.documents.at(row).view();
  const std::size_t place = (by_contextual ? by_contextual : by_static)->place;
  const auto& tokenizer =
      (by_contextual ? state.contextual_vectors : state.static_vectors)->model->tokenizer();
  const std::string passage = document_passages(tokenizer, document).at(place);
  const auto bytes = passage_bytes(tokenizer, document.text);
  const PassageBytes range = place < bytes.size() ? bytes[place] : PassageBytes{0, 0};
  explanation_.passage_begin = code_points(document.text.substr(0, range.begin));
  explanation_.passage_end = code_points(document.text.substr(0, range.end));
  if (!state.contextual_vectors) return;
  title_points_ = code_points(document.title);
  headings_begin_ = title_points_ > 0 ? title_points_ + 1 : 0;
  const std::size_t prefix_bytes = passage.size() - (range.end - range.begin);
  prefix_points_ = code_points(std::string_view(passage).substr(0, prefix_bytes));
  const std::string_view view = passage;
  alignment_.emplace(state.contextual_vectors->model, request.text, std::span(&view, 1));
}

bool ExplainJob::step(double budget_ms) {
  if (alignment_ && alignment_->step(budget_ms)) finish();
  return !alignment_;
}

void ExplainJob::finish() {
  const Alignment& alignment = alignment_->alignment(0);
  explanation_.token_score = alignment.score;
  for (const TokenLink& link : alignment.links) {
    const std::uint32_t begin = link.passage.begin;
    std::size_t field = lexical::kTitle;
    std::uint32_t moved_back = 0, moved_on = 0;
    if (begin >= prefix_points_) {
      field = lexical::kBody;
      moved_back = prefix_points_;
      moved_on = explanation_.passage_begin;
    } else if (begin >= title_points_) {
      field = lexical::kHeadings;
      moved_back = headings_begin_;
    }
    explanation_.tokens.push_back({link.query.begin, link.query.end, field,
                                   begin - moved_back + moved_on,
                                   link.passage.end - moved_back + moved_on, link.cosine});
  }
  alignment_.reset();
}

}  // namespace mayfly::engine
