// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/zeroing_allocator.h"
#include "encoder/encoder.h"
#include "engine/model.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::engine {

// A token of the query and the token of the passage that is nearest to it in meaning. Tokens that
// the template adds are not looked at.
struct TokenLink {
  tokenizer::Offset query, passage;  // code points
  float cosine;                      // of the transformer's last hidden states, -1..1
};

// Late interaction of a query and a passage: Khattab and Zaharia, "ColBERT: Efficient and Effective
// Passage Search via Contextualized Late Interaction over BERT" (2020).
struct Alignment {
  std::vector<TokenLink> links;  // one per token of the query, in order; none: one has no token
  float score = 0;               // MaxSim: the mean of the links' cosines; 0 without links
  std::size_t dropped = 0;       // tokens of the passage beyond the model's limit, not looked at
};

// Aligns a query with passages, one after the other and in slices (see EmbedJob). An alignment does
// not depend on the other passages. Token vectors are made on the way and zeroed; of a passage none
// is kept.
class AlignmentJob {
 public:
  // Any text, ill-formed UTF-8 included; nothing is borrowed. Error(kUnsupportedModel) for a model
  // without a transformer.
  AlignmentJob(std::shared_ptr<const Model> model, std::string_view query,
               std::span<const std::string_view> passages);

  // Works for about budget_ms milliseconds, at least one layer of the transformer. True when every
  // passage is done. Error(kInvalidModel) when the weights overflow.
  bool step(double budget_ms);

  std::size_t size() const { return passages_.size(); }
  // Passages 0..completed()-1 are done.
  std::size_t completed() const { return alignments_.size(); }
  // Of a completed passage, else Error(kInvalidArgument).
  const Alignment& alignment(std::size_t passage) const;

 private:
  void begin_pass();
  void finish_pass();
  // states: f32 [tokens of the passage, dim].
  Alignment align(std::span<const float> states, const tokenizer::Encoding& passage) const;

  std::shared_ptr<const Model> model_;
  tokenizer::Encoding query_;
  std::vector<tokenizer::Encoding> passages_;
  encoder::ForwardPass pass_;  // of the query, then of one passage after the other
  bool in_pass_ = false;       // it has begun
  bool query_is_done_ = false;
  SecureVector<float> query_states_;  // [tokens of the query, dim], unit length
  std::vector<Alignment> alignments_;
};

}  // namespace mayfly::engine
