// SPDX-License-Identifier: Apache-2.0
#include "engine/token_alignment.h"

#include <cmath>
#include <utility>

#include "base/clock.h"
#include "base/error.h"

namespace mayfly::engine {
namespace {

tokenizer::Encoding encode(const Model& model, std::string_view text) {
  tokenizer::EncodeOptions options;
  options.max_length = model.max_tokens();
  options.with_offsets = true;
  return model.tokenizer().encode(text, options);
}

constexpr float kNoCosine = -2;

// Only tokens that the template adds stand for nothing.
bool stands_for_text(const tokenizer::Offset& offset) { return offset.begin != offset.end; }

// In two halves, so that additions need not wait for each other.
float dot(const float* a, const float* b, std::size_t dim) {
  float even = 0, odd = 0;
  std::size_t d = 0;
  for (; d + 1 < dim; d += 2) {
    even += a[d] * b[d];
    odd += a[d + 1] * b[d + 1];
  }
  return d < dim ? even + odd + a[d] * b[d] : even + odd;
}

// A zero vector has none, and stays zero.
float inverse_norm(const float* vector, std::size_t dim) {
  const float squares = dot(vector, vector, dim);
  if (!std::isfinite(squares)) {
    throw Error(ErrorCode::kInvalidModel,
                "the model's weights give values beyond all bounds; convert the model again");
  }
  return squares > 0 ? 1 / std::sqrt(squares) : 0.0f;
}

}  // namespace

AlignmentJob::AlignmentJob(std::shared_ptr<const Model> model, std::string_view query,
                           std::span<const std::string_view> passages)
    : model_(std::move(model)), query_(encode(*model_, query)), pass_(model_->encoder()) {
  passages_.reserve(passages.size());
  alignments_.reserve(passages.size());
  for (const std::string_view passage : passages) passages_.push_back(encode(*model_, passage));
}

bool AlignmentJob::step(double budget_ms) {
  const double deadline = monotonic_ms() + budget_ms;
  while (completed() < size()) {
    if (!in_pass_) begin_pass();
    if (pass_.step()) finish_pass();
    if (monotonic_ms() >= deadline) break;
  }
  return completed() == size();
}

void AlignmentJob::begin_pass() {
  const std::span<const tokenizer::TokenId> ids =
      query_is_done_ ? passages_[completed()].ids : query_.ids;
  pass_.begin({&ids, 1});
  in_pass_ = true;
}

void AlignmentJob::finish_pass() {
  in_pass_ = false;
  const std::span<const float> states = pass_.token_states(0);
  if (query_is_done_) {
    alignments_.push_back(align(states, passages_[completed()]));
    return;
  }
  const std::size_t dim = model_->dim();
  query_states_.assign(states.begin(), states.end());
  for (std::size_t at = 0; at < query_states_.size(); at += dim) {
    const float inverse = inverse_norm(query_states_.data() + at, dim);
    for (std::size_t d = 0; d < dim; ++d) query_states_[at + d] *= inverse;
  }
  query_is_done_ = true;
}

Alignment AlignmentJob::align(std::span<const float> states,
                              const tokenizer::Encoding& passage) const {
  const std::size_t dim = model_->dim();
  std::vector<float> inverse_norms(passage.ids.size());
  for (std::size_t i = 0; i < inverse_norms.size(); ++i) {
    inverse_norms[i] = inverse_norm(states.data() + i * dim, dim);
  }
  Alignment result;
  result.dropped = passage.dropped;
  for (std::size_t q = 0; q < query_.ids.size(); ++q) {
    if (!stands_for_text(query_.offsets[q])) continue;
    TokenLink link{query_.offsets[q], {}, kNoCosine};
    for (std::size_t i = 0; i < passage.ids.size(); ++i) {
      if (!stands_for_text(passage.offsets[i])) continue;
      const float cosine =
          inverse_norms[i] * dot(query_states_.data() + q * dim, states.data() + i * dim, dim);
      if (cosine > link.cosine) link = {link.query, passage.offsets[i], cosine};
    }
    if (link.cosine == kNoCosine) continue;  // the passage has no token
    result.score += link.cosine;
    result.links.push_back(link);
  }
  if (!result.links.empty()) result.score /= static_cast<float>(result.links.size());
  return result;
}

const Alignment& AlignmentJob::alignment(std::size_t passage) const {
  if (passage < completed()) return alignments_[passage];
  throw Error(ErrorCode::kInvalidArgument, "this passage is not aligned yet; go on with step()");
}

}  // namespace mayfly::engine
